package io.triggerquery.consumer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.Tracer;
import io.triggerquery.consumer.internal.metrics.RoundLinks;
import io.triggerquery.consumer.internal.metrics.Spans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The settings of traces, and when they fail the start. */
class SpanConfigurationTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    KafkaAutoConfiguration.class, ResyncAutoConfiguration.class, TriggerQueryAutoConfiguration.class));

    @ParameterizedTest
    @ValueSource(strings = {"triggerquery.tracing.max-links=0", "triggerquery.tracing.messaging-attributes=false"})
    void linksAreOffByDefault(String setting) {
        runner.withPropertyValues(setting)
                .run(context -> assertThat(context).hasSingleBean(Spans.class).doesNotHaveBean(RoundLinks.class));
    }

    @Test
    void linksCanBeEnabled() {
        runner.withPropertyValues("triggerquery.tracing.max-links=128")
                .withBean(Tracer.class, () -> Tracer.NOOP)
                .run(context -> assertThat(context).hasSingleBean(RoundLinks.class));
    }

    @Test
    void linksWithoutTracerFailStart() {
        ApplicationContextRunner linking = runner.withPropertyValues("triggerquery.tracing.max-links=1");
        linking.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("triggerquery.tracing.max-links is set, but there is no"));
        linking.withClassLoader(new FilteredClassLoader(Tracer.class))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("triggerquery.tracing.max-links is set, but there is no"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 129})
    void numberOfLinksIsLimited(int links) {
        runner.withPropertyValues("triggerquery.tracing.max-links=" + links)
                .withBean(Tracer.class, () -> Tracer.NOOP)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("triggerquery.tracing.max-links is " + links));
    }
}
