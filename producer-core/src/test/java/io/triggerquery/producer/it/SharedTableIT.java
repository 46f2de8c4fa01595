package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.TestDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Two applications that share one table. */
@ParameterizedClass
@MethodSource("io.triggerquery.producer.TestDatabase#products")
class SharedTableIT {

    private static final int TRIGGERS = 100;

    private final TestDatabase database;
    private final Servers servers = Servers.running();

    SharedTableIT(TestDatabase database) {
        this.database = database;
        database.cleared();
    }

    @Test
    void twoApplicationsWithTheSameDestinationSendTheirOwnTriggersOnly() {
        String bills = servers.newTopic();
        String orders = servers.newTopic();
        try (TestService billing =
                        TestService.start(database, bills, TestService.FAST_POLL, "spring.application.name=billing");
                TestService ordering = TestService.start(
                        database, orders, TestService.FAST_POLL, "spring.application.name=ordering")) {
            List<String> billed = ids("b-");
            List<String> ordered = ids("o-");
            billed.forEach(billing::publish);
            ordered.forEach(ordering::publish);

            await().until(() -> billing.rows() == 0);
            assertThat(servers.read(bills, TRIGGERS)).containsExactlyInAnyOrderElementsOf(billed);
            assertThat(servers.read(orders, TRIGGERS)).containsExactlyInAnyOrderElementsOf(ordered);
        }
    }

    @Test
    void triggersOfOneApplicationAreNotCountedByAnother() throws Exception {
        String topic = servers.newTopic();
        try (TestService billing = TestService.start(
                        database, topic, TestService.NO_POLL, "triggerquery.producer.application=billing");
                TestService ordering = TestService.start(
                        database, topic, TestService.NO_POLL, "triggerquery.producer.application=ordering")) {
            servers.proxy().cut();
            try {
                billing.publish("b-1");

                assertThat(billing.store().backlog().pending()).isEqualTo(1);
                assertThat(billing.store().list(10)).hasSize(1);
                assertThat(ordering.store().backlog().pending()).isZero();
                assertThat(ordering.store().list(10)).isEmpty();
            } finally {
                servers.proxy().restore();
            }
        }
    }

    private static List<String> ids(String prefix) {
        return IntStream.range(0, TRIGGERS).mapToObj(n -> prefix + n).toList();
    }
}
