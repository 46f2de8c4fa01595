package io.triggerquery.consumer.internal.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An expression that finds no version in any record is a mistake; a single record without a version is not. */
@ExtendWith(OutputCaptureExtension.class)
class MissingVersionsTest {

    private static final String LINE = "No version was found at json:/v in the records of ";

    private long now;
    private final MissingVersions versions =
            new MissingVersions(new Expression("json:/v", "triggerquery.defaults.version-from"), () -> now);

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private static int lines(CapturedOutput output, String topic) {
        return output.toString().split(LINE + topic + ",", -1).length - 1;
    }

    @Test
    void topicWithoutVersionsIsLoggedOncePerMinute(CapturedOutput output) {
        for (int second = 0; second < 150; second++) {
            versions.missing("things");
            pass(1);
        }
        assertThat(lines(output, "things")).isEqualTo(3);
        assertThat(output).contains("Correct or remove triggerquery.defaults.version-from.");
    }

    @Test
    void singleRecordWithoutVersionIsNotLogged(CapturedOutput output) {
        for (int minute = 0; minute < 10; minute++) {
            versions.found("things");
            versions.missing("things");
            pass(90);
        }
        assertThat(lines(output, "things")).isZero();
    }

    @Test
    void versionsThatCeaseAreLoggedAfterAMinute(CapturedOutput output) {
        versions.found("things");
        versions.missing("things");
        pass(59);
        versions.missing("things");
        assertThat(lines(output, "things")).isZero();
        pass(1);
        versions.missing("things");
        assertThat(lines(output, "things")).isEqualTo(1);
    }

    @Test
    void topicsAreCheckedSeparately(CapturedOutput output) {
        versions.found("things");
        versions.missing("things");
        versions.missing("others");
        assertThat(lines(output, "things")).isZero();
        assertThat(lines(output, "others")).isEqualTo(1);
    }

    @Test
    void onlyConfiguredExpressionIsChecked(CapturedOutput output) {
        Messages.value("a").decoded("value", "");
        Messages.value("a").decoded("value", "header:triggerquery-version");
        assertThat(output).doesNotContain("No version was found");
        Messages.value("{\"id\":\"a\"}").decoded("json:/id", "json:/v");
        assertThat(lines(output, "things")).isEqualTo(1);
        Messages.message().key("a").decoded("key", "json:/v");
        assertThat(output).contains("The version json:/v of things-0@7 is not a decimal number");
    }

    @Test
    void ignoredRecordNeedsNoVersion(CapturedOutput output) {
        Messages.message().key("{\"id\":1}").decoded("debezium", "debezium:v");
        Messages.value("{\"ids\":[]}").decoded("json:/ids", "header:v");
        Messages.value("{\"ids\":[]}").decoded("json:/ids", "json:/v");
        assertThat(output).doesNotContain("No version was found");
    }
}
