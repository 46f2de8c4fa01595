package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.Monitors;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** When a listener has a monitor, and what is logged if it has none. No broker is needed. */
@ExtendWith(OutputCaptureExtension.class)
class ConsistencyStartUpTest {

    private static ConfigurableApplicationContext start(boolean projected, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "things.topic", "things",
                "spring.kafka.bootstrap-servers", "127.0.0.1:9",
                "spring.kafka.listener.auto-startup", "false",
                "triggerquery.sources.things.url", "http://127.0.0.1:9"));
        all.putAll(settings);
        return ThingsApplication.start(new Things(), all, context -> {
            if (projected) {
                context.registerBean(ProjectedVersions.class, () -> ProjectedVersions.of("things", ids -> Map.of()));
            }
        });
    }

    private static ListenerOperations listener(ConfigurableApplicationContext application) {
        return application.getBean(TriggerListeners.class).operations().get(0);
    }

    @Test
    void readableProjectionIsMonitoredAndLimitsAreLogged(CapturedOutput output) {
        try (var application = start(true, Map.of())) {
            assertThat(listener(application).monitor()).isPresent();
            assertThat(application.getBean(Monitors.class).isRunning()).isTrue();
            assertThat(output)
                    .contains(
                            "things: The consistency monitor checks up to 10 ids per second, a sample of received triggers."
                                    + " Without a ResyncSource it does not sample the ids that the source lists."
                                    + " Without ProjectedIds it does not sample the ids that the projection lists")
                    .contains("unless answers have versions, it finds ids that only one side has");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("triggerquery-monitor-"));
    }

    @Test
    void noMonitorWithoutProjectionOrWithRateZero() {
        try (var application = start(false, Map.of("triggerquery.defaults.consistency.rate", "5"))) {
            assertThat(listener(application).monitor()).isEmpty();
            assertThat(application.getBean(Monitors.class).isRunning()).isFalse();
        }
        try (var application = start(true, Map.of("triggerquery.listeners.things.consistency.rate", "0"))) {
            assertThat(listener(application).monitor()).isEmpty();
        }
    }

    @Test
    void monitorSettingOfUnmonitoredListenerFailsStart() {
        assertThatThrownBy(() -> start(false, Map.of("triggerquery.listeners.things.consistency.rate", "5")))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining(
                        "The setting triggerquery.listeners.things.consistency.rate would have no effect, because the"
                                + " trigger listener 'things' has no bean of type");
    }

    @Test
    void rateOutOfBoundsFailsStart() {
        assertThatThrownBy(() -> start(true, Map.of("triggerquery.defaults.consistency.rate", "1001")))
                .rootCause()
                .hasMessageContaining("triggerquery.defaults.consistency.rate");
    }
}
