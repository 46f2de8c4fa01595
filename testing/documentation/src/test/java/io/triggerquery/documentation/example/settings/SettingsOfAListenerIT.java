package io.triggerquery.documentation.example.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.documentation.example.settings.Listeners.ByAnnotation;
import io.triggerquery.documentation.example.settings.Listeners.LaterStart;
import io.triggerquery.documentation.example.settings.Listeners.ListWithTriggers;
import io.triggerquery.documentation.example.settings.Listeners.Pauses;
import io.triggerquery.documentation.example.settings.Listeners.Plain;
import io.triggerquery.documentation.example.settings.Listeners.Topics;
import io.triggerquery.documentation.example.settings.Listeners.WithTrigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** What docs/settings-of-a-listener.md says, in applications without a broker, with one, and in the kit. */
class SettingsOfAListenerIT {

    private static final String TOPIC = "billing.billing-changed";

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class Application {}

    private String broker = "127.0.0.1:1";

    private ConfigurableApplicationContext start(Class<?> beans, String... settings) {
        return start(List.of(beans), settings);
    }

    private ConfigurableApplicationContext start(List<Class<?>> beans, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "spring.main.banner-mode=off",
                "spring.application.name=payment",
                "spring.kafka.consumer.group-id=payment",
                "spring.kafka.bootstrap-servers=" + broker,
                "triggerquery.sources.billing.url=http://127.0.0.1:1"));
        all.addAll(List.of(settings));
        return new SpringApplicationBuilder(Stream.concat(Stream.of(Application.class), beans.stream())
                        .toArray(Class<?>[]::new))
                .run(all.stream().map(setting -> "--" + setting).toArray(String[]::new));
    }

    private static MessageListenerContainer container(ConfigurableApplicationContext application, String id) {
        return application.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer(id);
    }

    @Test
    void onABroker() throws Exception {
        EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, 1);
        kafka.brokerProperty("auto.create.topics.enable", "false");
        kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
        kafka.afterPropertiesSet();
        broker = kafka.getBrokersAsString();
        try {
            aMissingTopic();
            theAnnotation();
        } finally {
            kafka.destroy();
        }
    }

    private void aMissingTopic() {
        assertThatThrownBy(() -> start(Plain.class).close())
                .rootCause()
                .hasMessageContaining(
                        "The topic '" + TOPIC + "' of the trigger listener '" + TOPIC + "' does not exist.");
        start(Plain.class, "triggerquery.defaults.missing-topics=wait").close();
        start(List.of(Plain.class, Topics.class)).close();
    }

    private void theAnnotation() {
        try (var application =
                start(List.of(ByAnnotation.class, LaterStart.class), "triggerquery.defaults.missing-topics=create")) {
            MessageListenerContainer container = container(application, "billing");
            assertThat(container.isRunning()).isFalse();
            assertThat(container.getGroupId()).isEqualTo("payment-billing");
            assertThat(container.getContainerProperties().getTopics())
                    .containsExactly(TOPIC, "billing.corrections", "billing-payment-billing-retry");
            assertThat(container.getContainerProperties().getKafkaConsumerProperties())
                    .containsEntry("max.poll.records", "500")
                    .containsEntry("client.rack", "a");

            application.getBean(LaterStart.class).start();
            assertThat(container.isRunning()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TRIGGERQUERY_LISTENERS_BILLING_BILLINGCHANGED_AUTOSTARTUP",
        "TRIGGERQUERY_LISTENERS_BILLING_BILLING_CHANGED_AUTO_STARTUP"
    })
    void variables(String name) {
        var application = new SpringApplicationBuilder(Application.class, Plain.class)
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "test-systemEnvironment", Map.of(name, (Object) "false"))))
                .run(
                        "--spring.main.banner-mode=off",
                        "--spring.kafka.consumer.group-id=payment",
                        "--spring.kafka.bootstrap-servers=127.0.0.1:1",
                        "--triggerquery.sources.billing.url=http://127.0.0.1:1");
        try (application) {
            assertThat(container(application, TOPIC).isRunning()).isFalse();
        }
    }

    @Test
    void mistakesFailStart() {
        String[][] mistakes = {
            {"triggerquery.listeners.billing.billing-change.max-batch=5", "because no listener has this id"},
            {
                "triggerquery.listeners.billing.billing-changed.max-bach=5",
                "because the listener '" + TOPIC + "' has no such setting"
            },
            {
                "triggerquery.listeners.billing.billing-changed.back-off.max=5s",
                "would have no effect, because the bean of type"
            },
        };
        for (String[] mistake : mistakes) {
            List<Class<?>> beans =
                    mistake[0].contains("back-off") ? List.of(Plain.class, Pauses.class) : List.of(Plain.class);
            assertThatThrownBy(() -> start(beans, "spring.kafka.listener.auto-startup=false", mistake[0])
                            .close())
                    .hasMessageContaining(mistake[1]);
        }
        start(List.of(Plain.class, Pauses.class), "spring.kafka.listener.auto-startup=false")
                .close();
    }

    @Test
    void triggerBesideState() {
        var listener = new WithTrigger();
        TriggerQueryKit kit = TriggerQueryKit.of(listener);
        kit.source().answers("p-1", new Billing("p-1", true, 1));
        kit.advance(Duration.ofSeconds(1));
        kit.triggerIn("billing.corrections", "p-1");
        kit.trigger("p-1");
        kit.awaitSettled();
        assertThat(listener.lines).containsExactly("p-1 by billing.corrections at 1970-01-01T00:00:01Z");

        var list = new ListWithTriggers();
        kit = TriggerQueryKit.of(list);
        kit.source().answers("p-2", new Billing("p-2", true, 1));
        kit.trigger("p-2");
        kit.awaitSettled();
        assertThat(list.lines).containsExactly("p-2 by " + TOPIC);
    }
}
