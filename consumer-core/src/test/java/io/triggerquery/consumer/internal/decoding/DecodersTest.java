package io.triggerquery.consumer.internal.decoding;

import static io.triggerquery.consumer.internal.decoding.Messages.decoder;
import static io.triggerquery.consumer.internal.decoding.Messages.message;
import static io.triggerquery.consumer.internal.decoding.Messages.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.spi.Decoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The ready-made decoders of values, keys and headers, and the expressions that select decoders. */
@ExtendWith(OutputCaptureExtension.class)
class DecodersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "0", "pay-01HZX", "550e8400-e29b-41d4-a716-446655440000", "a.b_c~d:e@f=", "...", "a..b", "-"
            })
    void readsIdFromValueByDefault(String id) {
        assertThat(value(id).decoded("")).isEqualTo(Decoded.id(id));
        assertThat(value(id).decoded("value")).isEqualTo(Decoded.id(id));
    }

    @Test
    void readsLongestId() {
        assertThat(value("x".repeat(256)).decoded("value")).isInstanceOf(Decoded.Id.class);
        assertThat(value("x".repeat(257)).reason("value"))
                .isEqualTo("the value has 257 bytes, but an id has at most 256");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a/b|character 1 is '/'",
                "../a|character 2 is '/'",
                "a?b|character 1 is '?'",
                "a#b|character 1 is '#'",
                "a%2e|character 1 is '%'",
                "a,b|character 1 is ','",
                "a{b}|character 1 is '{'",
                "é|character 0 is U+00E9",
                "a\u2028|character 1 is U+2028",
                "{\"id\":1}|this is JSON, not an id: name the place of the id, as in idFrom = \"json:/id\"",
                "[1]|this is JSON",
                "\"a\"|this is JSON",
                "..|an id is neither \".\" nor \"..\"",
                ".|an id is neither \".\" nor \"..\"",
            })
    void rejectsIdsThatCouldChangeARequest(String value, String reason) {
        assertThat(value(value).reason("value")).contains(reason).matches("\\p{Print}+");
        assertThat(message().key(value).reason("key")).contains(reason);
        assertThat(message().header("id", value).reason("header:id")).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a\n", "\r\na", "a\u0000", "a\u007F"})
    void rejectsBlanksAndControlCharacters(String value) {
        assertThat(value(value).reason("value")).contains("U+00").matches("\\p{Print}+");
    }

    @Test
    void rejectsEmptyId() {
        assertThat(message().reason("value")).isEqualTo("the value is empty");
        assertThat(value("").reason("value")).isEqualTo("the value is empty");
        assertThat(message().reason("key")).isEqualTo("the key is empty");
        assertThat(message().reason("header:id")).isEqualTo("there is no header id");
        assertThat(message().header("id", "").reason("header:id")).isEqualTo("the header id is empty");
        assertThat(message().reason("json:/id")).isEqualTo("the value is empty, not JSON");
    }

    @Test
    void recordWithNullValueHasKeyAndHeaders() {
        assertThat(message().key("a").decoded("key")).isEqualTo(Decoded.id("a"));
        assertThat(message().header("id", "a").decoded("header:id")).isEqualTo(Decoded.id("a"));
    }

    @Test
    void rejectsInvalidUtf8() {
        byte[] broken = {'a', (byte) 0xC3, '('};
        assertThat(message().withValue(broken).reason("value")).contains("character 1 is U+FFFD");
        assertThat(message().header("id", broken).reason("header:id")).contains("character 1 is U+FFFD");
    }

    @Test
    void repeatedHeaderMustHaveEqualValues() {
        assertThat(message().header("id", "a").header("id", "b").reason("header:id"))
                .isEqualTo("the header id occurs several times with different values");
        assertThat(message().header("id", "a").header("id", "a").decoded("header:id"))
                .isEqualTo(Decoded.id("a"));
    }

    @Test
    void versionIsReadFromHeaderByDefault() {
        assertThat(value("a").header("triggerquery-version", "7").decoded("")).isEqualTo(Decoded.id("a", 7));
        assertThat(value("a").header("v", "7").decoded("", "header:v")).isEqualTo(Decoded.id("a", 7));
        assertThat(value("a").header("v", "7").decoded("")).isEqualTo(Decoded.id("a"));
        assertThat(message().key("a").header("triggerquery-version", "7").decoded("key"))
                .isEqualTo(Decoded.id("a", 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", " 1", "1.0", "0x1", "٣", "9223372036854775808", "00000000000000000000"})
    void invalidVersionIsIgnoredAndLogged(String version, CapturedOutput output) {
        assertThat(value("a").header("v", version).decoded("", "header:v")).isEqualTo(Decoded.id("a"));
        assertThat(output).contains("The version header:v of things-0@7 is not a decimal number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jsno:/id",
                "Value",
                "value:",
                "key:x",
                "header",
                "header:",
                "header: ",
                "json",
                "json:id",
                "json:$.id",
                "json:#/id",
                "json:/a~2",
                "json:/a~",
                "cloudevent:",
                "cloudevent:sub-ject",
                "cloudevents",
                "debezium:",
                "debezium.id",
                "avro",
                ":"
            })
    void unknownExpressionFailsStart(String expression) {
        assertThatThrownBy(() -> decoder("the trigger listener 'things'", expression, ""))
                .isInstanceOfSatisfying(FailureAnalyzedException.class, failure -> {
                    assertThat(failure.getMessage())
                            .startsWith("idFrom of the trigger listener 'things' is '" + expression.strip()
                                    + "', which is not a valid place in a record");
                    assertThat(failure.analysis().getAction())
                            .startsWith("Set it to one of: value, key, header:NAME, json:/pointer, cloudevent");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"value", "key", "7", "debezium", "cloudevent", "json:v", "header:"})
    void unknownVersionExpressionFailsStart(String expression) {
        assertThatThrownBy(() -> decoder("things", "", expression))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageStartingWith("versionFrom of things is '" + expression + "'");
    }

    @Test
    void invalidExpressionIsRejectedWithReason() {
        assertThatThrownBy(() -> decoder("things", "json:id", ""))
                .hasMessageContaining("(a JSON pointer is empty or starts with '/')");
        assertThatThrownBy(() -> decoder("things", "header:", ""))
                .hasMessageContaining("(a name is missing after ':')");
    }
}
