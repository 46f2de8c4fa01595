package io.triggerquery.producer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestContextManager;

/** Two test contexts that Spring keeps open at the same time, with the default strategy and its default settings. */
class TwoContextsTest {

    @SpringBootConfiguration
    @ImportAutoConfiguration({KafkaAutoConfiguration.class, TriggerProducerAutoConfiguration.class})
    static class Application {

        @Bean
        TriggerSender sender() {
            return trigger -> CompletableFuture.completedFuture(new SendOutcome.Unreachable("no broker"));
        }
    }

    @SpringBootTest(classes = Application.class, properties = "triggerquery.producer.destinations.changed.topic=one")
    static class One {}

    @SpringBootTest(classes = Application.class, properties = "triggerquery.producer.destinations.changed.topic=other")
    static class Other {}

    @Test
    void contextsUseDifferentTemporaryDirectories() {
        ApplicationContext one = context(One.class);
        ApplicationContext other = context(Other.class);

        assertThat(publish(one, "a")).isEqualTo(new Receipt.OnDisk());
        assertThat(publish(other, "b")).isEqualTo(new Receipt.OnDisk());

        assertThat(directory(one)).isNotEqualTo(directory(other));
        assertThat(directory(one)).startsWith(Path.of(System.getProperty("java.io.tmpdir")));
    }

    private static ApplicationContext context(Class<?> test) {
        return new TestContextManager(test).getTestContext().getApplicationContext();
    }

    private static Receipt publish(ApplicationContext context, String id) {
        return context.getBean(TriggerPublisher.class).tryPublish("changed", id);
    }

    private static Path directory(ApplicationContext context) {
        return context.getBean(TriggerProducerProperties.class).diskQueue().path();
    }
}
