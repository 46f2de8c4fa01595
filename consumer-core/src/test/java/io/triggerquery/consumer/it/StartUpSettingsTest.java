package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.it.StartUp.Thing;
import io.triggerquery.consumer.it.StartUp.Things;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A setting has an effect or fails the start, and neither shows a secret. */
@ExtendWith(OutputCaptureExtension.class)
class StartUpSettingsTest {

    private static final String SECRET = "s3cr3t";

    static class Listener {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(Thing thing) {}
    }

    @ParameterizedTest
    @CsvSource({
        "paralelism, defaults.parallelism",
        "max-pendig, defaults.max-pending",
        "defaults.maxPendig, defaults.max-pending",
        "defaults.back-off.intial, defaults.back-off.initial",
        "defaults.backof.initial, defaults.back-off.initial",
        "default.max-batch, defaults.max-batch",
        "sources.things.urll, sources.things.url",
        "source.things.url, sources.things.url",
        "defaults.resync.evry, defaults.resync.every",
        "prodcer.strategy, producer.strategy",
        "relay-servise.callers.a.password, relay-service.callers.a.password"
    })
    void misspelledSettingFailsStart(String misspelt, String meant, CapturedOutput output) {
        assertThat(StartUp.of(Listener.class)
                        .with("triggerquery." + misspelt + "=" + SECRET)
                        .fails(output))
                .contains("These settings do not exist")
                .contains("from property source \"commandLineArgs\"")
                .contains("Did you mean triggerquery." + meant + "?")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"something.else", "defaults.parallelism.more", "sources.things.limits.calls"})
    void unknownSettingFailsStart(String unknown, CapturedOutput output) {
        assertThat(StartUp.of(Listener.class)
                        .with("triggerquery." + unknown + "=" + SECRET)
                        .fails(output))
                .contains("These settings do not exist and would have no effect: triggerquery." + unknown)
                .doesNotContain(SECRET);
    }

    @Test
    void settingMayHaveEachFormOfSpringBoot() {
        assertThat(StartUp.of(Listener.class)
                        .with(
                                "triggerquery.defaults.maxPending=20000",
                                "triggerquery.defaults.max_batch=100",
                                "triggerquery.DEFAULTS.BACK-OFF.MAX=5m")
                        .in(Map.of(
                                "TRIGGERQUERY_DEFAULTS_MAXWAITING", "100",
                                "TRIGGERQUERY_DEFAULTS_DEFER_AFTER", "1m",
                                "TRIGGERQUERY_SOURCES_THINGS_READ_TIMEOUT", "1s",
                                "TRIGGERQUERY_SOURCES_THINGS_MAXCALLS", "10"))
                        .listeners())
                .containsExactly("things");
    }

    @Test
    void emptyGroupOfSettingsIsValid() {
        assertThat(StartUp.of(Listener.class)
                        .with(
                                "triggerquery.defaults.back-off=",
                                "triggerquery.defaults.resync=",
                                "triggerquery.producer=")
                        .listeners())
                .containsExactly("things");
    }

    @Test
    void settingsOfMissingModulesAreIgnored() {
        assertThat(StartUp.of(Listener.class)
                        .with(
                                "triggerquery.producer.strategy=outbox",
                                "triggerquery.relay-service.callers.a.password={noop}b")
                        .listeners())
                .containsExactly("things");
    }

    @Test
    void misspelledVariableFailsStart(CapturedOutput output) {
        assertThat(StartUp.of(Listener.class)
                        .in(Map.of("TRIGGERQUERY_PARALELISM", SECRET))
                        .fails(output))
                .contains("triggerquery.paralelism (\"TRIGGERQUERY_PARALELISM\" from property source")
                .contains("Did you mean triggerquery.defaults.parallelism?")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "concurrency, parallelism",
        "max-pending, max-pending",
        "maxWaiting, max-waiting",
        "defer-after, defer-after",
        "back-off.initial, back-off.initial",
        "resync.every, resync.every",
        "defaults.concurrency, parallelism"
    })
    void formerNameFailsStartWithNewName(String former, String now, CapturedOutput output) {
        assertThat(StartUp.of(Listener.class)
                        .with("triggerquery." + former + "=" + SECRET)
                        .fails(output))
                .contains(" is now triggerquery.defaults." + now + "; for one listener it is"
                        + " triggerquery.listeners.ID." + now + ".")
                .doesNotContain(SECRET);
    }

    @Test
    void variableWithFormerNameFailsStart(CapturedOutput output) {
        assertThat(StartUp.of(Listener.class)
                        .in(Map.of("TRIGGERQUERY_MAX_PENDING", "1"))
                        .fails(output))
                .contains("is now triggerquery.defaults.max-pending");
    }

    @Test
    void platformVariableIsLogged(CapturedOutput output) {
        assertThat(StartUp.of(Listener.class)
                        .in(Map.of(
                                "TRIGGERQUERY_SERVICE_HOST", "10.0.0.7",
                                "TRIGGERQUERY_PORT_8080_TCP", "tcp://10.0.0.7:8080"))
                        .listeners())
                .containsExactly("things");
        assertThat(output)
                .contains("These environment variables are not settings and have no effect")
                .contains("TRIGGERQUERY_PORT_8080_TCP")
                .contains("TRIGGERQUERY_SERVICE_HOST")
                .doesNotContain("10.0.0.7");
    }

    @Test
    void unusedSourceFailsStart(CapturedOutput output) {
        assertThat(StartUp.of(Listener.class)
                        .with("triggerquery.sources.thigns.max-calls=3")
                        .fails(output))
                .contains("There are settings in triggerquery.sources.thigns, but no trigger listener uses")
                .contains("Name one of the sources in use: things");
    }

    @Test
    void sourceWithoutAnyListenerFailsStart(CapturedOutput output) {
        assertThat(StartUp.of().fails(output))
                .contains("There are settings in triggerquery.sources.things")
                .contains("There is no trigger listener at all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "triggerquery.sources.things.url=ftp://user:s3cr3t@127.0.0.1",
                "triggerquery.sources.things.url=http://user:s3cr3t@",
                "triggerquery.sources.things.url=http://user:s3 cr3t@127.0.0.1",
                "triggerquery.sources.things.url=http://127.0.0.1:99999/?token=s3cr3t",
                "triggerquery.sources.things.url[0]=http://user:s3cr3t@127.0.0.1",
                "triggerquery.sources.things.url.more=http://user:s3cr3t@127.0.0.1",
                "triggerquery.sources.things=http://user:s3cr3t@127.0.0.1",
                "triggerquery.sources=http://user:s3cr3t@127.0.0.1",
                "triggerquery.sources[0].url=http://user:s3cr3t@127.0.0.1",
                "triggerquery.source.things.url=http://user:s3cr3t@127.0.0.1",
                "triggerquery.sources.things.read-timeout=http://user:s3cr3t@127.0.0.1",
                "triggerquery.sources.things.max-answer-size=http://user:s3cr3t@127.0.0.1",
                "triggerquery.defaults.parallelism=s3cr3t",
                "triggerquery.defaults.back-off=s3cr3t",
                "triggerquery.defaults.resync.every=s3cr3t"
            })
    void failedStartShowsNoSecret(String setting, CapturedOutput output) {
        assertThat(StartUp.of(Listener.class).with(setting).fails(output))
                .contains("triggerquery.")
                .doesNotContain(SECRET)
                .doesNotContain("cr3t");
    }

    @Test
    void unreadableValueIsNamedWithOriginAndType(CapturedOutput output) {
        assertThat(StartUp.of(Listener.class)
                        .with("triggerquery.defaults.defer-after=soon")
                        .fails(output))
                .contains(
                        "The setting triggerquery.defaults.defer-after (\"triggerquery.defaults.defer-after\" from property source"
                                + " \"commandLineArgs\") cannot be read. It must be a Duration.")
                .contains("Correct the value of triggerquery.defaults.defer-after.");
    }
}
