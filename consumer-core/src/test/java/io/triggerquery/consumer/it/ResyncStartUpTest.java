package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.internal.resync.JdbcResyncProgress;
import io.triggerquery.consumer.internal.resync.ResyncProgress;
import io.triggerquery.consumer.internal.resync.ResyncStart;
import io.triggerquery.consumer.internal.resync.Resyncs;
import io.triggerquery.consumer.it.ThingsApplication.Things;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The assignment of resync sources to listeners at the start. No broker is needed. */
@ExtendWith(OutputCaptureExtension.class)
class ResyncStartUpTest {

    private record EmptySource(String listener) implements ResyncSource {

        @Override
        public Page page(String cursor) {
            return new Page(List.of(), null);
        }
    }

    private static ConfigurableApplicationContext start(
            Map<String, String> settings, Consumer<GenericApplicationContext> beans) {
        Map<String, String> all = new HashMap<>(Map.of(
                "things.topic", "things",
                "spring.kafka.bootstrap-servers", "127.0.0.1:9",
                "spring.kafka.listener.auto-startup", "false",
                "triggerquery.sources.things.url", "http://127.0.0.1:9"));
        all.putAll(settings);
        return ThingsApplication.start(new Things(), all, beans);
    }

    private static void source(GenericApplicationContext context, String name, String listener) {
        context.registerBean(name, ResyncSource.class, () -> new EmptySource(listener));
    }

    @Test
    void listenerWithoutResyncSourceAcceptsSingleIdsOnly() {
        try (var application = start(Map.of(), context -> {})) {
            Resyncs resyncs = application.getBean(Resyncs.class);
            assertThat(resyncs.of("things").orElseThrow().resync()).isEqualTo(ResyncStart.NO_SOURCE);
            assertThat(resyncs.all()).containsOnlyKeys("things");
            assertThat(resyncs.of("others")).isEmpty();
            assertThat(resyncs.isRunning()).as("no thread without a source").isFalse();
        }
    }

    @Test
    void listenerWithoutPartitionIsResyncedElsewhere() {
        try (var application = start(Map.of(), context -> source(context, "pages", "things"))) {
            Resyncs resyncs = application.getBean(Resyncs.class);
            assertThat(resyncs.of("things").orElseThrow().resync()).isEqualTo(ResyncStart.ELSEWHERE);
            assertThat(resyncs.isRunning()).isTrue();
            assertThat(application.getBean(ResyncProgress.class)).isInstanceOf(JdbcResyncProgress.class);
        }
    }

    @Test
    void sourceForUnknownListener(CapturedOutput output) {
        assertFails(
                output,
                Map.of(),
                context -> source(context, "pages", "thing"),
                "is for the trigger listener 'thing', which does not exist.",
                "Return the id of one of these from listener(): things.");
    }

    @Test
    void projectionForUnknownListener(CapturedOutput output) {
        assertFails(
                output,
                Map.of(),
                context -> context.registerBean(
                        ProjectedVersions.class, () -> ProjectedVersions.of("thing", ids -> Map.of())),
                "The ProjectedVersions ",
                "is for the trigger listener 'thing', which does not exist.");
    }

    @Test
    void twoSourcesForOneListener(CapturedOutput output) {
        assertFails(
                output,
                Map.of(),
                context -> {
                    source(context, "pages", "things");
                    source(context, "more", "things");
                },
                "The trigger listener 'things' has two beans of type io.triggerquery.consumer.ResyncSource",
                "Remove one of them.");
    }

    @Test
    void settingsOutOfBounds(CapturedOutput output) {
        assertFails(
                output,
                Map.of("triggerquery.defaults.resync.rate", "0"),
                context -> {},
                "triggerquery.defaults.resync.rate is 0.",
                "Set triggerquery.defaults.resync.rate to a value: from 1 to 10000.");
        assertFails(
                output,
                Map.of("triggerquery.defaults.resync.every", "10ms"),
                context -> {},
                "triggerquery.defaults.resync.every is 10ms.",
                "from 1000ms to");
    }

    private static void assertFails(
            CapturedOutput output,
            Map<String, String> settings,
            Consumer<GenericApplicationContext> beans,
            String... said) {
        assertThatThrownBy(() -> start(settings, beans).close());
        String report = output.toString().substring(output.toString().lastIndexOf("APPLICATION FAILED TO START"));
        assertThat(said).allSatisfy(part -> assertThat(report).contains(part));
    }
}
