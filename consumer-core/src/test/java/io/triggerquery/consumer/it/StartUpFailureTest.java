package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Mistakes of a listener fail the start with a message that names the cause and the remedy. */
@ExtendWith(OutputCaptureExtension.class)
class StartUpFailureTest {

    private static final String URL = "triggerquery.sources.things.url=http://127.0.0.1:9";

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    @Source("things")
    interface Things {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id) {}

    static class Good {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(Thing thing) {}
    }

    private static void assertFails(CapturedOutput output, Class<?> listener, Stream<String> settings, String... said) {
        assertFails(output, List.of(listener), settings, said);
    }

    private static void assertFails(
            CapturedOutput output, List<Class<?>> listeners, Stream<String> settings, String... said) {
        Class<?>[] sources =
                Stream.concat(Stream.of(Application.class), listeners.stream()).toArray(Class<?>[]::new);
        String[] properties = Stream.concat(
                        Stream.of(
                                "spring.kafka.bootstrap-servers=127.0.0.1:9",
                                "spring.kafka.consumer.group-id=g",
                                "spring.kafka.listener.auto-startup=false"),
                        settings)
                .toArray(String[]::new);
        assertThatThrownBy(() -> new SpringApplicationBuilder(sources)
                .properties(properties)
                .run()
                .close());
        assertThat(output).contains("APPLICATION FAILED TO START");
        String report = output.toString().substring(output.toString().indexOf("APPLICATION FAILED TO START"));
        assertThat(Arrays.asList(said)).allSatisfy(part -> assertThat(report).contains(part));
    }

    @Test
    void sourceWithoutAddress(CapturedOutput output) {
        assertFails(
                output,
                Good.class,
                Stream.of(),
                "The trigger listener 'things' queries the source 'things', which has no address.",
                "Set triggerquery.sources.things.url");
    }

    @Test
    void sourceSettingWithInvalidUrl(CapturedOutput output) {
        assertFails(
                output,
                Good.class,
                Stream.of("triggerquery.sources.things.url=things:8080"),
                "triggerquery.sources.things.url is not an http or https address.",
                "Set triggerquery.sources.things.url to a value: an address such as http://things:8080.");
    }

    @Test
    void settingOutOfBounds(CapturedOutput output) {
        assertFails(
                output,
                Good.class,
                Stream.of(URL, "triggerquery.defaults.parallelism=0"),
                "triggerquery.defaults.parallelism is 0.",
                "from 1 to 10000");
    }

    static class NoParallelism {

        @TriggerQueryListener(topics = "things", source = Things.class, parallelism = "${none:0}")
        void project(Thing thing) {}
    }

    @Test
    void invalidParallelism(CapturedOutput output) {
        assertFails(
                output,
                NoParallelism.class,
                Stream.of(URL),
                "NoParallelism.project has the parallelism '0'.",
                "a number from 1 to 10000");
    }

    static class TwoParameters {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(Thing thing, String more) {}
    }

    @Test
    void methodWithTwoParameters(CapturedOutput output) {
        assertFails(
                output,
                TwoParameters.class,
                Stream.of(URL),
                "TwoParameters.project has an unsupported signature",
                "Declare it as: void project(Thing state)");
    }

    static class WrongType {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(String thing) {}
    }

    @Test
    void methodWithOtherParameterType(CapturedOutput output) {
        assertFails(output, WrongType.class, Stream.of(URL), "Declare it as: void project(Thing state)");
    }

    static class Returns {

        @TriggerQueryListener(topics = "things", source = Things.class)
        Thing project(Thing thing) {
            return thing;
        }
    }

    @Test
    void methodWithReturnValue(CapturedOutput output) {
        assertFails(output, Returns.class, Stream.of(URL), "Declare it as: void project(Thing state)");
    }

    interface NotNamed {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);
    }

    static class NoSource {

        @TriggerQueryListener(topics = "things", source = NotNamed.class)
        void project(Thing thing) {}
    }

    @Test
    void sourceWithoutName(CapturedOutput output) {
        assertFails(output, NoSource.class, Stream.of(URL), "NotNamed is not a source", "@Source(\"billing\")");
    }

    @Source("things")
    interface TwoQueries {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);

        @RequestLine("GET /api/others/{id}")
        Thing otherById(@Param("id") String id);
    }

    static class Ambiguous {

        @TriggerQueryListener(topics = "things", source = TwoQueries.class)
        void project(Thing thing) {}
    }

    @Test
    void sourceWithTwoQueries(CapturedOutput output) {
        assertFails(output, Ambiguous.class, Stream.of(URL), "has 2 methods that take one String", "exactly one");
    }

    static class Twice {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void first(Thing thing) {}

        @TriggerQueryListener(topics = "things", source = Things.class)
        void second(Thing thing) {}
    }

    @Test
    void duplicateListenerId(CapturedOutput output) {
        assertFails(
                output,
                Twice.class,
                Stream.of(URL),
                "Two trigger listeners have the id 'things'",
                "its own id and groupId");
    }

    static class OnePlace {

        @TriggerQueryListener(id = "one", topics = "things", source = Things.class)
        void first(Thing thing) {}

        @TriggerQueryListener(id = "two", topics = "things", source = Things.class)
        void second(Thing thing) {}
    }

    @Test
    void listenersThatWouldSharePartitions(CapturedOutput output) {
        assertFails(output, OnePlace.class, Stream.of(URL), "Two trigger listeners have the topic 'things'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8081", "http://127.0.0.1:80810"})
    void sourceAnnotationWithInvalidUrl(String address, CapturedOutput output) {
        assertFails(
                output,
                Good.class,
                Stream.of("triggerquery.sources.things.url=" + address),
                "triggerquery.sources.things.url is not an http or https address.",
                "an address such as http://things:8080");
    }

    @Test
    void listenerWithoutGroup(CapturedOutput output) {
        assertFails(
                output,
                Good.class,
                Stream.of(URL, "spring.kafka.consumer.group-id="),
                "The trigger listener 'things' has no consumer group.",
                "Set spring.kafka.consumer.group-id");
    }

    @Source("things")
    interface NoFeign {

        Thing byId(String id);
    }

    static class WithoutFeign {

        @TriggerQueryListener(topics = "things", source = NoFeign.class)
        void project(Thing thing) {}
    }

    @Test
    void sourceWithoutFeignAnnotations(CapturedOutput output) {
        assertFails(
                output, WithoutFeign.class, Stream.of(URL), "NoFeign is not a valid Feign interface", "@RequestLine");
    }

    @Source("things")
    interface Misnamed {

        @RequestLine("GET /things/{id}")
        Thing byId(@Param("thingId") String id);
    }

    static class WithMisnamed {

        @TriggerQueryListener(topics = "things", source = Misnamed.class)
        void project(Thing thing) {}
    }

    /** Feign would leave the id out, so that each query would be for {@code /things/}. */
    @Test
    void aSourceWhoseAddressDoesNotContainTheId(CapturedOutput output) {
        assertFails(
                output,
                WithMisnamed.class,
                Stream.of(URL),
                "does not contain its parameter 'thingId': /things/{id}",
                "Put {thingId} into the address");
    }

    static class Elsewhere {

        @TriggerQueryListener(topics = "things", source = Things.class, retryTopic = "${retry-topic}")
        void project(Thing thing) {}
    }

    @Test
    void invalidRetryTopicName(CapturedOutput output) {
        assertFails(
                output,
                Elsewhere.class,
                Stream.of(URL, "retry-topic=things/again"),
                "The retry topic of the trigger listener 'things' cannot be named 'things/again'",
                "Set its name by retryTopic of @TriggerQueryListener.");
    }

    @Test
    void groupWithInvalidDefaultRetryTopicName(CapturedOutput output) {
        assertFails(
                output,
                Good.class,
                Stream.of(URL, "spring.kafka.consumer.group-id=payment service"),
                "cannot be named 'things-payment service-retry'",
                "The default name is TOPIC-GROUP-retry");
    }

    @Test
    void tooLongRetryTopicName(CapturedOutput output) {
        assertFails(
                output,
                Good.class,
                Stream.of(URL, "spring.kafka.consumer.group-id=" + "g".repeat(240)),
                "a topic's name has 1 to 249 characters");
    }

    @Test
    void retryTopicEqualsTriggerTopic(CapturedOutput output) {
        assertFails(
                output,
                Elsewhere.class,
                Stream.of(URL, "retry-topic=things"),
                "The retry topic of the trigger listener 'things' is 'things', which is its trigger topic",
                "omit it");
    }

    @Test
    void retryTopicEqualsDeadLetterTopic(CapturedOutput output) {
        assertFails(output, Elsewhere.class, Stream.of(URL, "retry-topic=things-dlt"), "its dead-letter topic");
    }

    static class Others {

        @TriggerQueryListener(topics = "others", source = Things.class, retryTopic = "things-g-retry")
        void project(Thing thing) {}
    }

    @Test
    void listenersThatWouldShareRetryTopic(CapturedOutput output) {
        assertFails(
                output,
                List.of(Good.class, Others.class),
                Stream.of(URL),
                "would both read the topic 'things-g-retry' in the group 'g'",
                "a groupId or a retryTopic of its own");
    }
}
