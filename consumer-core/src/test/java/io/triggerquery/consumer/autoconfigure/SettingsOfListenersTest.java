package io.triggerquery.consumer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.triggerquery.consumer.internal.listener.ListenerSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.InputStreamResource;

/** Settings of single listeners: the most specific wins, and a setting that no listener reads fails the start. */
class SettingsOfListenersTest {

    /** The last is almost the same as the one before. */
    private static final List<String> IDS =
            List.of("billing.billing-changed", "billing", "billing.max-batch", "My_Listener", "my-listener");

    private final List<PropertySource<?>> places = new ArrayList<>();
    private final List<String> ids = new ArrayList<>(IDS.subList(0, 4));

    private SettingsOfListenersTest with(String... settings) {
        Map<String, Object> values = new HashMap<>();
        for (String setting : settings) {
            values.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        places.add(new MapPropertySource("place" + places.size(), values));
        return this;
    }

    private SettingsOfListenersTest in(Map<String, Object> variables) {
        places.add(new SystemEnvironmentPropertySource("test-systemEnvironment", variables));
        return this;
    }

    private SettingsOfListenersTest yaml(String text) throws IOException {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        places.addAll(new YamlPropertySourceLoader().load("yaml", new InputStreamResource(bytes)));
        return this;
    }

    private ListenerSettings of(String id) {
        var sources = new MutablePropertySources();
        places.forEach(sources::addLast);
        var settings = new SettingsOfListeners(
                ConfigurationPropertySources.from(sources), new PropertySourcesPlaceholdersResolver(sources));
        settings.check(ids);
        return settings.of(id);
    }

    private int maxBatch(String id) {
        return of(id).engine().limits().maxBatch();
    }

    private String fails() {
        Throwable failure = catchThrowable(() -> ids.forEach(this::of));
        FailureAnalysis analysis = failure instanceof FailureAnalyzedException analyzed
                ? analyzed.analysis()
                : new ConsumerSettingsFailureAnalyzer().analyze(failure);
        return analysis.getDescription() + " " + analysis.getAction();
    }

    @Test
    void mostSpecificSettingWinsAndOthersAreDefaults() throws IOException {
        yaml("""
                triggerquery:
                  defaults:
                    max-batch: 20
                    defer-after: 5m
                    back-off: {initial: 2s}
                  listeners:
                    billing.billing-changed:
                      max-batch: ${batch:30}
                      back-off: {max: 1m}
                    billing:
                      max-batch: 40
                """);
        ListenerSettings billing = of("billing.billing-changed");
        assertThat(billing.engine().limits().maxBatch()).isEqualTo(30);
        assertThat(billing.engine().timing().deferAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(billing.backOff().first()).isEqualTo(Duration.ofSeconds(2));
        assertThat(billing.backOff().max()).isEqualTo(Duration.ofMinutes(1));
        assertThat(billing.engine().limits().concurrency()).isEqualTo(128);
        assertThat(maxBatch("billing")).isEqualTo(40);
        assertThat(maxBatch("My_Listener")).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "triggerquery.listeners.billing.billing-changed.max-batch",
                "triggerquery.listeners.billing.billing-changed.maxBatch",
                "triggerquery.listeners.billing.billing-changed.MAX_BATCH",
                "triggerquery.listeners[billing.billing-changed].max-batch",
                "triggerquery.listeners.[billing.billing-changed].maxBatch"
            })
    void idWithDotsNeedsNoBrackets(String name) {
        with(name + "=31");
        assertThat(maxBatch("billing.billing-changed")).isEqualTo(31);
        assertThat(maxBatch("billing")).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "triggerquery.listeners.My_Listener.max-batch",
                "triggerquery.listeners.my-listener.max-batch",
                "triggerquery.listeners[My_Listener].max-batch"
            })
    void listenerIdMayHaveUpperCaseAndUnderscores(String name) {
        assertThat(with(name + "=32").maxBatch("My_Listener")).isEqualTo(32);
    }

    @ParameterizedTest
    @CsvSource({
        "TRIGGERQUERY_LISTENERS_BILLING_BILLINGCHANGED_MAXBATCH, billing.billing-changed",
        "TRIGGERQUERY_LISTENERS_BILLING_BILLING_CHANGED_MAX_BATCH, billing.billing-changed",
        "TRIGGERQUERY_LISTENERS_BILLING_MAXBATCH, billing",
        "TRIGGERQUERY_LISTENERS_MYLISTENER_MAXBATCH, My_Listener",
        "TRIGGERQUERY_LISTENERS_MY_LISTENER_MAXBATCH, My_Listener",
        "TRIGGERQUERY_LISTENERS_BILLING_MAXBATCH_MAXBATCH, billing.max-batch"
    })
    void environmentVariableSetsIt(String variable, String id) {
        in(Map.of(variable, "33"));
        assertThat(maxBatch(id)).isEqualTo(33);
        assertThat(maxBatch(id.equals("billing") ? "My_Listener" : "billing")).isEqualTo(100);
    }

    @Test
    void variableInMixedFormFailsStart() {
        assertThat(in(Map.of("TRIGGERQUERY_LISTENERS_BILLING_BILLINGCHANGED_MAX_BATCH", "33"))
                        .fails())
                .contains("TRIGGERQUERY_LISTENERS_BILLING_BILLINGCHANGED_MAX_BATCH")
                .contains("Did you mean triggerquery.listeners.billing.billing-changed.max-batch?");
    }

    @Test
    void listenerIdThatLooksLikeASettingIsRecognized() {
        with("triggerquery.listeners.billing.max-batch=34", "triggerquery.listeners.billing.max-batch.max-batch=35");
        assertThat(maxBatch("billing")).isEqualTo(34);
        assertThat(maxBatch("billing.max-batch")).isEqualTo(35);
    }

    @Test
    void settingInBothFormsInOneSourceFailsStart() {
        assertThat(with(
                                "triggerquery.listeners.billing.billing-changed.max-batch=1",
                                "triggerquery.listeners[billing.billing-changed].max-batch=2")
                        .fails())
                .contains("The settings triggerquery.listeners.billing.billing-changed.max-batch and"
                        + " triggerquery.listeners[billing.billing-changed].max-batch are the same setting");
    }

    @Test
    void propertySourceWithPrecedenceWins() throws IOException {
        with("triggerquery.listeners.billing.billing-changed.max-batch=2")
                .yaml("triggerquery.listeners[billing.billing-changed].max-batch: 1");
        assertThat(maxBatch("billing.billing-changed")).isEqualTo(2);
    }

    @Test
    void ambiguousListenerIdFailsStartUnlessInBrackets() {
        ids.add("my-listener");
        assertThat(with("triggerquery.listeners.my-listener.max-batch=3").fails())
                .contains("triggerquery.listeners.my-listener.max-batch would apply to two trigger listeners")
                .contains("Write the id in brackets");
        places.clear();
        with("triggerquery.listeners[my-listener].max-batch=3");
        assertThat(maxBatch("my-listener")).isEqualTo(3);
        assertThat(maxBatch("My_Listener")).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "biling.max-batch, billing.max-batch, because no listener has this id",
        "billing.billing-change.max-batch, billing.billing-changed.max-batch, because the listener 'billing' has no such setting",
        "billing.max-bach, billing.max-batch, because the listener 'billing' has no such setting",
        "My_Listner.resync.every, My_Listener.resync.every, because no listener has this id",
        "billing.back-off.intial, billing.back-off.initial, because the listener 'billing' has no such setting",
        "billing.concurrency, '', because the listener 'billing' has no such setting",
        "billing, '', because no listener has this id"
    })
    void unusedListenerSettingFailsStart(String unknown, String meant, String reason) {
        assertThat(with("triggerquery.listeners." + unknown + "=s3cr3t").fails())
                .contains("These settings of single trigger listeners have no effect: triggerquery.listeners." + unknown
                        + " (\"triggerquery.listeners." + unknown + "\" from property source \"place0\"), "
                        + reason)
                .contains(meant.isEmpty() ? "Correct or remove" : "Did you mean triggerquery.listeners." + meant + "?")
                .contains("The listeners are: My_Listener, billing, billing.billing-changed, billing.max-batch.")
                .doesNotContain("s3cr3t");
    }

    @Test
    void listenerWithoutSettingsIsValid() {
        with("triggerquery.listeners=", "triggerquery.listeners.billing.back-off=");
        assertThat(maxBatch("billing")).isEqualTo(100);
    }

    @Test
    void valueOutOfBoundsIsNamedAsWritten() {
        assertThat(with("triggerquery.listeners[billing.billing-changed].maxBatch=0")
                        .fails())
                .contains("triggerquery.listeners[billing.billing-changed].maxBatch is 0.");
        places.clear();
        assertThat(with("triggerquery.defaults.max-batch=0").fails()).contains("triggerquery.defaults.max-batch is 0.");
        places.clear();
        // a specific value, and a bound derived from the defaults
        assertThat(with("triggerquery.defaults.max-waiting=50", "triggerquery.listeners.billing.max-pending=20")
                        .fails())
                .contains("triggerquery.defaults.max-waiting is 50.");
    }

    @Test
    void unreadableValueIsNamedAsWritten() {
        assertThat(with("triggerquery.listeners.My_Listener.defer-after=s3cr3t").fails())
                .contains("\"triggerquery.listeners.My_Listener.defer-after\" from property source")
                .contains("It must be a Duration.")
                .doesNotContain("s3cr3t");
    }
}
