package io.triggerquery.documentation.example.migration;

import static io.triggerquery.documentation.example.migration.Applications.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.confluent.parallelconsumer.ParallelStreamProcessor;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.documentation.example.StandInBilling;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** A listener of another library is replaced in its own group and topic, and comes back; nothing is left out. */
class MigrationIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static EmbeddedKafkaKraftBroker kafka;
    private static StandInBilling billing;

    private final BillingTable table = new BillingTable();

    @BeforeAll
    static void start() throws Exception {
        kafka = new EmbeddedKafkaKraftBroker(1, 3, Applications.TOPIC);
        kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
        kafka.afterPropertiesSet();
        billing = new StandInBilling();
    }

    @AfterAll
    static void stop() {
        billing.close();
        kafka.destroy();
    }

    @Test
    void fromKafkaListener() {
        Applications applications = applications("kafka-listener");
        billing.fail("k-bad");
        try (var before = applications.start(BillingListener.class, ErrorHandling.class)) {
            applications.send(ids("k-before-", 10));
            applications.send("k-bad");
            written(ids("k-before-", 10));
            await().atMost(LIMIT).until(() -> applications.lag() == 0);
            try (var after = applications.start(BillingProjection.class)) {
                applications.send(ids("k-both-", 30));
                written(ids("k-both-", 30));
                before.close();
                applications.send(ids("k-after-", 10));
                written(ids("k-after-", 10));

                billing.heal("k-bad");
                replay(after);
                written("k-bad");
            }
        }
        assertThat(ids("k-before-", 10)).allMatch(id -> table.writesOf(id) == 1);

        applications.send(ids("k-back-", 10));
        try (var before = applications.start(BillingListener.class, ErrorHandling.class)) {
            written(ids("k-back-", 10));
        }
        assertThat(Stream.of("k-after-", "k-back-").flatMap(each -> Stream.of(ids(each, 10))))
                .allMatch(id -> table.writesOf(id) == 1);
    }

    @Test
    void fromRetryableTopic() {
        Applications applications = applications("retryable-topic");
        String retryTopic = Applications.TOPIC + "-retry-60000";
        billing.fail("r-bad");
        try (var before = applications.start(RetriedBillingListener.class)) {
            applications.send(ids("r-before-", 10));
            applications.send("r-bad");
            written(ids("r-before-", 10));
            await().atMost(LIMIT).until(() -> applications.lag() == 0);
        }
        billing.heal("r-bad");

        try (var after = applications.start(BillingProjection.class)) {
            applications.send(ids("r-after-", 10));
            written(ids("r-after-", 10));
            assertThat(table.writesOf("r-bad")).isZero();
            applications
                    .unread(retryTopic, applications.group() + "-retry-60000")
                    .forEach(applications::send);
            written("r-bad");
        }
        assertThat(ids("r-before-", 10)).allMatch(id -> table.writesOf(id) == 1);
    }

    @Test
    void fromTheDeadLettersOfRetryableTopic() {
        Applications applications = applications("dead-letters");
        billing.fail("d-bad");
        try (var before = applications.start(ImpatientBillingListener.class)) {
            applications.send("d-bad");
            await().atMost(LIMIT)
                    .until(() -> applications
                            .unread(Applications.TOPIC + "-dlt", "look")
                            .contains("d-bad"));
        }
        billing.heal("d-bad");

        try (var after = applications.start(BillingProjection.class)) {
            replay(after);
            written("d-bad");
        }
    }

    @Test
    void fromParallelConsumer() {
        Applications applications = applications("parallel-consumer");
        billing.fail("p-bad");
        applications.send("p-bad");
        try (ParallelStreamProcessor<String, String> before =
                new BillingConsumer(applications.client(), table).start(applications.consumer(applications.group()))) {
            applications.send(ids("p-before-", 10));
            written(ids("p-before-", 10));
        }
        billing.heal("p-bad");

        try (var after = applications.start(BillingProjection.class)) {
            written("p-bad");
            applications.send(ids("p-after-", 10));
            written(ids("p-after-", 10));
        }
        assertThat(table.writesOf("p-bad")).isEqualTo(1);

        applications.send(ids("p-back-", 10));
        try (ParallelStreamProcessor<String, String> before =
                new BillingConsumer(applications.client(), table).start(applications.consumer(applications.group()))) {
            written(ids("p-back-", 10));
        }
        assertThat(ids("p-after-", 10)).allMatch(id -> table.writesOf(id) == 1);
    }

    private Applications applications(String group) {
        return new Applications(kafka.getBrokersAsString(), group, billing, table);
    }

    private void written(String... ids) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(ids).allMatch(id -> table.writesOf(id) > 0, "was written"));
    }

    private static String replay(ConfigurableApplicationContext application) {
        return application.getBean(TriggerListeners.class).operations().get(0).replay();
    }
}
