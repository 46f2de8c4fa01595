package io.triggerquery.documentation.example.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.consumer.projection.TableProjection;
import io.triggerquery.documentation.page.Page;
import io.triggerquery.documentation.page.Yaml;
import io.triggerquery.producer.TriggerPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The README's two services in one application: its code and its settings, on a real broker and over HTTP. */
class ReadmeIT {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    @TempDir
    Path directory;

    @Test
    void changeIsProjected() throws Exception {
        EmbeddedKafkaKraftBroker kafka = new EmbeddedKafkaKraftBroker(1, 2, "billing.billing-changed");
        kafka.brokerProperty("group.initial.rebalance.delay.ms", "0");
        kafka.afterPropertiesSet();
        try (BillingService billing = new BillingService();
                ConfigurableApplicationContext application = start(Map.of(
                        "spring.main.banner-mode", "off",
                        "spring.kafka.bootstrap-servers", kafka.getBrokersAsString(),
                        "spring.kafka.consumer.auto-offset-reset", "earliest",
                        "triggerquery.sources.billing.url", billing.url(),
                        "triggerquery.producer.disk-queue.directory", directory.toString(),
                        "spring.datasource.url", "jdbc:h2:mem:readme",
                        "spring.sql.init.schema-locations", "classpath:readme/billing.sql"))) {
            TriggerPublisher triggers = application.getBean(TriggerPublisher.class);
            TableProjection<?> table = application.getBean(TableProjection.class);

            billing.change(triggers, "pay-1", 1);
            await().until(() -> version(table) == 1);
            billing.change(triggers, "pay-1", 2);
            await().atMost(Duration.ofSeconds(20)).until(() -> version(table) == 2);

            assertThat(table.versions(List.of("pay-1", "pay-2"))).containsOnlyKeys("pay-1");
        } finally {
            kafka.destroy();
        }
    }

    private static long version(TableProjection<?> table) {
        return table.versions(List.of("pay-1")).getOrDefault("pay-1", 0L);
    }

    /** Starts the application with all YAML of the README; only addresses and directories differ. */
    private static ConfigurableApplicationContext start(Map<String, Object> addresses) {
        return new SpringApplicationBuilder(Application.class)
                .initializers(context -> {
                    MutablePropertySources sources = context.getEnvironment().getPropertySources();
                    Page.blocksIn("yaml")
                            .filter(block -> block.page().equals("README.md"))
                            .forEach(block -> sources.addLast(Yaml.settings(block)));
                    sources.addFirst(new MapPropertySource("addresses", addresses));
                })
                .run();
    }
}
