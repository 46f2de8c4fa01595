package io.triggerquery.documentation.example.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.triggerquery.documentation.example.StandInBilling;
import io.triggerquery.documentation.example.clients.ByOwnClass.BillingRepository;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** Each kind of client of docs/any-client.md, from the topic to the local copy. */
class AnyClientIT {

    private static final String TOPIC = "billing.billing-changed";

    private static EmbeddedKafkaKraftBroker kafka;
    private static StandInBilling billing;

    private final LocalCopy copy = new LocalCopy();

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class Application {}

    @BeforeAll
    static void start() throws Exception {
        kafka = new EmbeddedKafkaKraftBroker(1, 1, TOPIC);
        kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
        kafka.afterPropertiesSet();
        billing = new StandInBilling();
        try (Producer<String, String> producer = new DefaultKafkaProducerFactory<>(
                        Map.of("bootstrap.servers", (Object) kafka.getBrokersAsString()),
                        new StringSerializer(),
                        new StringSerializer())
                .createProducer()) {
            producer.send(new ProducerRecord<>(TOPIC, "p-1"));
            producer.send(new ProducerRecord<>(TOPIC, "p-2"));
        }
    }

    @AfterAll
    static void stop() {
        billing.close();
        kafka.destroy();
    }

    /** Starts a listener in a group of its own, which reads both triggers. */
    private ConfigurableApplicationContext start(Map<String, Object> beans, Class<?>... classes) {
        boolean byFeign = classes[0] == ByFeign.class;
        return new SpringApplicationBuilder(Stream.concat(Stream.of(Application.class), Stream.of(classes))
                        .toArray(Class<?>[]::new))
                .initializers(context -> {
                    context.getBeanFactory().registerSingleton("copy", copy);
                    beans.forEach(context.getBeanFactory()::registerSingleton);
                })
                .properties(Map.of(
                        "spring.main.banner-mode",
                        "off",
                        "spring.main.web-application-type",
                        "none",
                        "spring.kafka.bootstrap-servers",
                        kafka.getBrokersAsString(),
                        "spring.kafka.consumer.group-id",
                        classes[0].getSimpleName(),
                        "triggerquery.defaults.absent-grace",
                        "0s",
                        "billing.url",
                        billing.url(),
                        byFeign ? "triggerquery.sources.billing.url" : "none",
                        billing.url()))
                .run();
    }

    private void projects(String id, String expected) {
        await().atMost(Duration.ofSeconds(30)).until(() -> expected.equals(copy.billings.get(id)));
    }

    @Test
    void feignInterfaceWithInterceptor() {
        ByFeign.AccessTokens tokens = () -> "token-1";
        try (var application = start(Map.of("tokens", tokens), ByFeign.class, ByFeign.Authorization.class)) {
            projects("p-1", "version 1");
            projects("p-2", "version 1");
            assertThat(billing.authorizations()).contains("Bearer token-1");
        }
    }

    @Test
    void httpExchangeInterface() {
        try (var application = start(Map.of(), ByHttpExchange.class, ByHttpExchange.BillingClient.class)) {
            projects("p-1", "version 1");
        }
    }

    @Test
    void applicationClass() {
        var store = new BillingStore(Map.of("p-1", new Billing("p-1", true, 4)));
        try (var application = start(Map.of("store", store), ByOwnClass.class, BillingRepository.class)) {
            projects("p-1", "version 4");
            projects("p-2", "deleted");
        }
    }

    @Test
    void grpcStub() {
        var stub = new BillingGrpc.BillingBlockingStub(Map.of("p-1", 5L));
        try (var application = start(Map.of("stub", stub), ByGrpc.class, ByGrpc.Client.class)) {
            projects("p-1", "version 5");
            projects("p-2", "deleted");
        }
    }

    @Test
    void mistakesFailStart() {
        assertThatThrownBy(() -> start(Map.of(), ByHttpExchange.class).close())
                .hasMessageContaining("There is no bean of the source " + ByHttpExchange.BillingSource.class.getName());
        assertThatThrownBy(() -> start(Map.of(), ByGrpc.class).close())
                .hasMessageContaining("names the query 'billingQuery', and there is no bean of that name");
    }
}
