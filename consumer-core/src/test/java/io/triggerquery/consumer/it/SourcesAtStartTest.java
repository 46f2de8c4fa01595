package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Mistakes in the settings of a source fail the start, without showing secrets. */
@ExtendWith(OutputCaptureExtension.class)
class SourcesAtStartTest {

    private static final String URL = "triggerquery.sources.things.url=http://127.0.0.1:9";

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

    private static void assertFails(
            CapturedOutput output, List<Class<?>> listeners, List<String> settings, String... said) {
        List<Class<?>> sources = new ArrayList<>(listeners);
        sources.add(StartUpFailureTest.Application.class);
        List<String> properties = new ArrayList<>(settings);
        properties.add("spring.kafka.bootstrap-servers=127.0.0.1:9");
        properties.add("spring.kafka.consumer.group-id=g");
        properties.add("spring.kafka.listener.auto-startup=false");
        assertThatThrownBy(() -> new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .properties(properties.toArray(String[]::new))
                .run()
                .close());
        assertThat(output.toString()).contains("APPLICATION FAILED TO START").contains(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://alice:s3cret@things",
                "https://s3cret@things:8443/base",
                "http://alice:s3cret@things:99999",
                "alice:s3cret@things"
            })
    void sourceUrlWithCredentials(String address, CapturedOutput output) {
        assertFails(
                output,
                List.of(Good.class),
                List.of("triggerquery.sources.things.url=" + address),
                "triggerquery.sources.things.url contains credentials",
                "set triggerquery.sources.things.basic.username",
                "triggerquery.sources.things.bearer-token");
        assertThat(output).doesNotContain("s3cret");
    }

    @Test
    void invalidUrlWithKey(CapturedOutput output) {
        assertFails(
                output,
                List.of(Good.class),
                List.of("triggerquery.sources.things.url=things?key=s3cret"),
                "triggerquery.sources.things.url is not an http or https address");
        assertThat(output).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "max-retry-after=-1s, from 0ms to 3600000ms",
        "max-retry-after=2h, from 0ms to 3600000ms",
        "max-buffered-size=10KB, from 1048576 to 1099511627776",
        "max-answer-size=0B, from 1 to"
    })
    void sourceSettingOutOfBounds(String setting, String said, CapturedOutput output) {
        assertFails(
                output,
                List.of(Good.class),
                List.of(URL, "triggerquery.sources.things." + setting),
                "triggerquery.sources.things." + setting.substring(0, setting.indexOf('=')) + " is ",
                said);
    }

    @Source("things")
    interface Copied {

        @RequestLine("GET /api/copies/{id}")
        Thing byId(@Param("id") String id);
    }

    static class Copies {

        @TriggerQueryListener(topics = "copies", source = Copied.class)
        void project(Thing thing) {}
    }

    @Test
    void duplicateSourceName(CapturedOutput output) {
        assertFails(
                output,
                List.of(Good.class, Copies.class),
                List.of(URL),
                "The sources io.triggerquery.consumer.it.SourcesAtStartTest$Things and ",
                "SourcesAtStartTest$Copied are both the source 'things'",
                "Give one of them another name",
                "@Source(value = \"things\", shared = true)");
    }
}
