package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.it.StartUp.Thing;
import io.triggerquery.consumer.it.StartUp.Things;
import io.triggerquery.consumer.spi.BackOff;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The attributes of the annotation, with placeholders, expressions and mistakes. */
@ExtendWith(OutputCaptureExtension.class)
class StartUpAnnotationTest {

    static class Everything {

        @TriggerQueryListener(
                id = "#{'${name:ev}' + 'erything'}",
                topics = {"#{'${my.topics}'.split(',')}", "c"},
                groupId = "#{__listener.group()}",
                source = Things.class,
                parallelism = "#{2 * 3}",
                autoStartup = "${starts:false}",
                clientIdPrefix = "mine",
                properties = {"max.poll.records=5", "#{{'fetch.min.bytes:7', 'client.rack=r1'}}"})
        void project(Thing thing, Trigger trigger) {}

        public String group() {
            return "own";
        }
    }

    @Test
    void attributesMayHavePlaceholdersAndExpressions(CapturedOutput output) {
        try (var application = StartUp.of(Everything.class)
                .with("my.topics=a,b", "triggerquery.defaults.auto-startup=true")
                .run()) {
            MessageListenerContainer container =
                    application.getBean(KafkaListenerEndpointRegistry.class).getListenerContainer("everything");
            var properties = container.getContainerProperties();
            assertThat(properties.getTopics()).containsExactly("a", "b", "c", "everything-own-retry");
            assertThat(properties.getGroupId()).isEqualTo("own");
            assertThat(properties.getClientId()).isEqualTo("mine");
            assertThat(properties.getKafkaConsumerProperties())
                    .containsEntry("max.poll.records", "5")
                    .containsEntry("fetch.min.bytes", "7")
                    .containsEntry("client.rack", "r1");
            assertThat(container.isAutoStartup()).isFalse();
        }
        assertThat(output)
                .contains("everything: The listener reads a, b, c in the group own, queries the source things"
                        + " (http://127.0.0.1:9) and projects with " + Everything.class.getName()
                        + ".project, at most 6 rounds at the same time; it does not start by itself.");
    }

    static class Plain {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(Thing thing) {}
    }

    @ParameterizedTest
    @CsvSource({
        "triggerquery.defaults.auto-startup, true, true",
        "triggerquery.listeners.things.auto-startup, false, false",
        "other, true, false"
    })
    void settingsDecideWhetherListenerStarts(String setting, String value, boolean starts) {
        try (var application = StartUp.of(Plain.class)
                .with("triggerquery.defaults.missing-topics=wait", setting + "=" + value)
                .run()) {
            assertThat(application
                            .getBean(KafkaListenerEndpointRegistry.class)
                            .getListenerContainer("things")
                            .isAutoStartup())
                    .isEqualTo(starts);
        }
    }

    @Test
    void startLogShowsNoSecret(CapturedOutput output) {
        assertThat(StartUp.of(Plain.class)
                        .in(Map.of("TRIGGERQUERY_SOURCES_THINGS_URL", "https://127.0.0.1:9/api?token=s3cr3t"))
                        .listeners())
                .hasSize(1);
        assertThat(output)
                .contains("queries the source things (https://127.0.0.1:9/api)")
                .doesNotContain("s3cr3t");
    }

    static class NoId {

        @TriggerQueryListener(
                topics = {"a", "b"},
                source = Things.class)
        void project(Thing thing) {}
    }

    static class Pattern {

        @TriggerQueryListener(topics = "billing.*", source = Things.class)
        void project(Thing thing) {}
    }

    static class CommaList {

        @TriggerQueryListener(topics = "${my.topics:a,b}", source = Things.class)
        void project(Thing thing) {}
    }

    static class Twice {

        @TriggerQueryListener(
                id = "x",
                topics = {"a", "a"},
                source = Things.class)
        void project(Thing thing) {}
    }

    static class NoTopics {

        @TriggerQueryListener(
                topics = {},
                source = Things.class)
        void project(Thing thing) {}
    }

    static class WithItsDeadLetters {

        @TriggerQueryListener(
                id = "x",
                topics = {"a", "a-dlt"},
                source = Things.class)
        void project(Thing thing) {}
    }

    static class IdIsNoTopicName {

        @TriggerQueryListener(
                id = "bills and more",
                topics = {"a", "b"},
                source = Things.class)
        void project(Thing thing) {}
    }

    static class OwnGroup {

        @TriggerQueryListener(topics = "a", source = Things.class, properties = "group.id=other")
        void project(Thing thing) {}
    }

    static class OwnCommit {

        @TriggerQueryListener(topics = "a", source = Things.class, properties = "enable.auto.commit: true")
        void project(Thing thing) {}
    }

    static class BadExpression {

        @TriggerQueryListener(topics = "#{noBean.topic}", source = Things.class)
        void project(Thing thing) {}
    }

    static class HalfAnExpression {

        @TriggerQueryListener(topics = "#{'${my.secret}' +}", source = Things.class)
        void project(Thing thing) {}
    }

    static class NoPlaceholder {

        @TriggerQueryListener(topics = "${no.such.setting}", source = Things.class)
        void project(Thing thing) {}
    }

    static class Perhaps {

        @TriggerQueryListener(topics = "a", source = Things.class, autoStartup = "perhaps")
        void project(Thing thing) {}
    }

    static class SeveralIds {

        @TriggerQueryListener(id = "#{{'a', 'b'}}", topics = "a", source = Things.class)
        void project(Thing thing) {}
    }

    static class OneTriggerForMany {

        @TriggerQueryListener(topics = "a", source = Things.class)
        void project(List<Thing> things, Trigger trigger) {}
    }

    private static void fails(Class<?> listener, CapturedOutput output, String... said) {
        assertThat(StartUp.of(listener).with("my.secret=s3cr3t").fails(output))
                .contains(said)
                .doesNotContain("s3cr3t");
    }

    @Test
    void mistakesFailStart(CapturedOutput output) {
        fails(NoId.class, output, "NoId.project has several topics and no id", "@TriggerQueryListener(id = ");
        fails(
                Pattern.class,
                output,
                "has the topic 'billing.*', which is not a valid topic name",
                "Patterns are not supported");
        fails(CommaList.class, output, "has the topic 'a,b'", ".split(',')");
        fails(Twice.class, output, "names a topic twice: a, a");
        fails(NoTopics.class, output, "NoTopics.project has no topic");
        fails(WithItsDeadLetters.class, output, "reads the topics a and a-dlt, which is the dead-letter topic");
        fails(IdIsNoTopicName.class, output, "cannot be named 'bills and more-g-retry'", "retryTopic");
        fails(
                OwnGroup.class,
                output,
                "the property of the consumer group.id, which would have no effect",
                "Set groupId of @TriggerQueryListener instead.");
        fails(OwnCommit.class, output, "enable.auto.commit, which would have no effect");
        fails(BadExpression.class, output, "The attribute topics = \"#{noBean.topic}\"", "'noBean' cannot be found");
        fails(HalfAnExpression.class, output, "cannot be resolved: it is no valid expression");
        fails(
                NoPlaceholder.class,
                output,
                "The attribute topics = \"${no.such.setting}\"",
                "a placeholder without a value");
        fails(Perhaps.class, output, "has the autoStartup 'perhaps'", "true or false");
        fails(SeveralIds.class, output, "has the id", "a single value");
        fails(OneTriggerForMany.class, output, "unsupported signature", "with a list of states, it is a List<Trigger>");
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnBackOff {

        @Bean
        BackOff backOff() {
            return failing -> failing;
        }
    }

    @Test
    void settingsOfReplacedBackOffFailStart(CapturedOutput output) {
        assertThat(StartUp.of(Plain.class, OwnBackOff.class).listeners()).containsExactly("things");
        assertThat(StartUp.of(Plain.class, OwnBackOff.class)
                        .with("triggerquery.listeners.things.back-off.max=1m")
                        .fails(output))
                .contains("The setting triggerquery.listeners.things.back-off.max would have no effect, because the"
                        + " bean of type");
    }

    @ParameterizedTest
    @CsvSource({
        "triggerquery.defaults.id-from=jsno:/id, 'triggerquery.defaults.id-from is ''jsno:/id'', which is not a valid place'",
        "triggerquery.listeners.things.version-from=/v, 'triggerquery.listeners.things.version-from is ''/v'', which'",
        "triggerquery.listeners[things].decoder=lines, 'triggerquery.listeners[things].decoder is ''lines'', but there is'",
    })
    void decodingExpressionIsNamedAsConfigured(String setting, String message, CapturedOutput output) {
        assertThat(StartUp.of(Plain.class).with(setting).fails(output)).contains(message);
    }

    @Test
    void decoderAndExpressionTogetherFailStart(CapturedOutput output) {
        assertThat(StartUp.of(Plain.class)
                        .with(
                                "triggerquery.listeners.things.decoder=lines",
                                "triggerquery.defaults.version-from=header:v")
                        .fails(output))
                .contains(
                        "triggerquery.listeners.things.decoder is 'lines', so triggerquery.defaults.version-from would"
                                + " have no effect.");
    }

    @Test
    void settingOfUnknownListenerFailsStart(CapturedOutput output) {
        assertThat(StartUp.of(Plain.class)
                        .with("triggerquery.listeners.thigns.max-batch=2")
                        .fails(output))
                .contains("triggerquery.listeners.thigns.max-batch", "because no listener has this id")
                .contains("Did you mean triggerquery.listeners.things.max-batch? The listeners are: things.");
        assertThat(StartUp.of(Plain.class)
                        .with("triggerquery.listeners.things.max-bacth=2")
                        .fails(output))
                .contains("because the listener 'things' has no such setting")
                .contains("Did you mean triggerquery.listeners.things.max-batch?");
    }
}
