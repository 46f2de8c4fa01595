package io.triggerquery.consumer.internal.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.TriggerIdRule;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validity, log form and conversion of ids. */
class IdRuleTest {

    private static final IdRule UNICODE = new IdRule(true, Set.of(IdConversion.STRING));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/b",
                "a+b",
                "a b",
                " ",
                "ü",
                "漢字",
                "😀",
                "a/../b",
                "%2e%2e",
                "?x=1",
                "#f",
                "{id}",
                "{\"id\":1}",
                "a,b",
                "...",
                "/",
                "\\",
                "\u00A0",
                "\uFFFE"
            })
    void unicodeIdIsAnyText(String id) {
        assertThat(UNICODE.violation(id)).isNull();
        String escaped = TriggerIdRule.escaped(id);
        assertThat(escaped).matches("[-A-Za-z0-9._~:@=%]+");
        assertThat(URLDecoder.decode(escaped, StandardCharsets.UTF_8)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a\n",
                "\u0000",
                "a\u007F",
                "a\u0085",
                "\u200B",
                "\u202E",
                "\uFEFFa",
                "a\u2028b",
                "\u2029",
                "a\uD83D",
                "\uDE00a",
                "\uFFFD",
                "\u00AD"
            })
    void unicodeIdHasNoInvisibleCharacters(String id) {
        assertThat(UNICODE.violation(id)).isNotNull().matches("\\p{Print}+");
        assertThatThrownBy(() -> UNICODE.check(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unicodeIdIsLimitedTo256Bytes() {
        assertThat(UNICODE.violation("x".repeat(256))).isNull();
        assertThat(UNICODE.violation("ü".repeat(128))).isNull();
        assertThat(UNICODE.violation("漢".repeat(85))).isNull();
        assertThat(UNICODE.violation("😀".repeat(64))).isNull();
        for (String tooLong : List.of("x".repeat(257), "ü".repeat(129), "漢".repeat(86), "😀".repeat(65))) {
            assertThat(UNICODE.violation(tooLong)).isEqualTo("an id has 1 to 256 bytes of UTF-8");
        }
    }

    @Test
    void ordinaryIdIsNotEscaped() {
        String id = "a.b_c~d:e@f=-";
        assertThat(TriggerIdRule.escaped(id)).isSameAs(id);
        assertThat(IdRule.DEFAULT.violation(id)).isNull();
        assertThat(IdRule.DEFAULT.violation("a b")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"LONG,7", "LONG,-7", "LONG,9223372036854775807", "INTEGER,0", "STRING,x"})
    void convertsId(IdConversion conversion, String id) {
        assertThat(conversion.violation(id)).isNull();
        assertThat(conversion.convert(id)).hasToString(id);
    }

    @Test
    void convertsUuid() {
        String id = "550e8400-e29b-41d4-a716-446655440000";
        assertThat(IdConversion.UUID.violation(id)).isNull();
        assertThat(IdConversion.UUID.convert(id)).isEqualTo(UUID.fromString(id));
        assertThat(IdConversion.UUID.convertAll(List.of(id))).isEqualTo(List.of(UUID.fromString(id)));
    }

    /** Two texts of one value would be two ids, which could be processed at once. */
    @ParameterizedTest
    @CsvSource({
        "LONG,07",
        "LONG,+7",
        "LONG,9223372036854775808",
        "LONG,x",
        "LONG,7.0",
        "LONG,٣",
        "INTEGER,2147483648",
        "INTEGER,-0",
        "UUID,x",
        "UUID,1-1-1-1-1",
        "UUID,550E8400-E29B-41D4-A716-446655440000"
    })
    void idIsTheTextOfItsValue(IdConversion conversion, String id) {
        assertThat(conversion.violation(id)).startsWith("the source takes a");
    }
}
