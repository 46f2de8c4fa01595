package io.triggerquery.consumer.internal.decoding;

import static io.triggerquery.consumer.internal.decoding.Messages.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.id.IdRule;
import io.triggerquery.consumer.spi.Decoded;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids and versions at JSON pointers. */
class JsonDecodersTest {

    private static final String ORDER = """
            {"type": {"id": "no"}, "list": [{"id": "x"}, {"id": "y"}], "order": {"lines": [1, 2], "id": "o-1", "a/b": {"m~n": 3},
             "": "empty", "0": "zero", "version": 7, "text": "8"}, "after": [[[]]]}""";

    @ParameterizedTest
    @CsvSource({
        "/order/id,o-1",
        "/list/0/id,x",
        "/list/1/id,y",
        "/order/lines/1,2",
        "/order/a~1b/m~0n,3",
        "/order/,empty",
        "/order/0,zero",
    })
    void readsAStringOrAnInteger(String pointer, String id) {
        assertThat(value(ORDER).decoded("json:" + pointer)).isEqualTo(Decoded.id(id));
    }

    @Test
    void readsJsonString() {
        assertThat(value("\"a\"").decoded("json:")).isEqualTo(Decoded.id("a"));
        assertThat(value(" 12345678901234567890 ").decoded("json:")).isEqualTo(Decoded.id("12345678901234567890"));
        assertThat(value("\uFEFF{\"id\":\"a\"}").decoded("json:/id")).isEqualTo(Decoded.id("a"));
        assertThat(value("{\"id\":\"\\u0061\"}").decoded("json:/id")).isEqualTo(Decoded.id("a"));
    }

    @Test
    void readsVersionFromTheDocument() {
        assertThat(value(ORDER).decoded("json:/order/id", "json:/order/version"))
                .isEqualTo(Decoded.id("o-1", 7));
        assertThat(value(ORDER).decoded("json:/order/id", "json:/order/text")).isEqualTo(Decoded.id("o-1", 8));
        assertThat(value(ORDER).decoded("json:/order/id", "json:/order/none")).isEqualTo(Decoded.id("o-1"));
        assertThat(value(ORDER).decoded("json:/order/id", "json:/order")).isEqualTo(Decoded.id("o-1"));
        assertThat(value("{\"id\":\"a\",\"v\":-1}").decoded("json:/id", "json:/v"))
                .isEqualTo(Decoded.id("a"));
        assertThat(value("{\"id\":\"a\",\"v\":1.5}").decoded("json:/id", "json:/v"))
                .isEqualTo(Decoded.id("a"));
        assertThat(value("{\"id\":\"a\",\"v\":9223372036854775808}").decoded("json:/id", "json:/v"))
                .isEqualTo(Decoded.id("a"));
    }

    @Test
    void arrayIsSeveralDistinctIds() {
        assertThat(value("{\"ids\":[\"a\",7,\"a\",\"b\"],\"v\":3}").decoded("json:/ids", "json:/v"))
                .isEqualTo(new Decoded.Ids(List.of(id("a", 3), id("7", 3), id("b", 3)), List.of()));
        assertThat(value("{\"ids\":[\"a\",\"a\"]}").decoded("json:/ids")).isEqualTo(Decoded.id("a"));
    }

    private static Decoded.Id id(String id, long version) {
        return (Decoded.Id) Decoded.id(id, version);
    }

    @Test
    void emptyArrayIsIgnored() {
        assertThat(value("{\"ids\":[]}").decoded("json:/ids")).isEqualTo(Decoded.ignored());
    }

    @Test
    void validIdsAmongInvalidOnesAreKept() {
        Decoded decoded = value("[1,2,3,4,\"a/b\",6,7,8,9,null]").decoded("json:");
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Ids.class, ids -> {
            assertThat(ids.ids()).extracting(Decoded.Id::id).containsExactly("1", "2", "3", "4", "6", "7", "8", "9");
            assertThat(ids.invalid())
                    .containsExactly("2 of 10 elements are not ids; the first: element 9 of the array is null");
        });
    }

    @Test
    void invalidIdAmongValidOnesIsNamed() {
        Decoded decoded = value("[1,2,3,4,\"a/b\",6,7,8,9,10]").decoded("json:");
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Ids.class,
                        ids -> assertThat(ids.invalid())
                                .singleElement()
                                .asString()
                                .startsWith("1 of 10 elements are not ids; the first: the id is invalid: an id"
                                        + " has 1 to 256")
                                .endsWith("character 1 is '/'"));
    }

    @Test
    void onlyInvalidIdsAreInvalid() {
        assertThat(value("[null,{\"a\":[1]},[2],true,1.5]").reason("json:"))
                .isEqualTo("5 of 5 elements are not ids; the first: element 0 of the array is null");
    }

    @Test
    void atMostThousandIdsAreAccepted() {
        assertThat(value(numbers(1_000)).decoded("json:"))
                .isInstanceOfSatisfying(
                        Decoded.Ids.class, ids -> assertThat(ids.ids()).hasSize(1_000));
        assertThat(value(numbers(1_001)).reason("json:"))
                .isEqualTo("the record has more than 1000 ids; send several records");
        assertThat(value(numbers(10_000)).reason("json:")).contains("more than 1000 ids");
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/none|there is nothing at /none of the value",
                "/order/id/x|there is nothing at /order/id/x of the value",
                "/list/2|there is nothing at /list/2 of the value",
                "/list/-|there is nothing at /list/- of the value",
                "/list/01|there is nothing at /list/01 of the value",
                "/order|/order of the value is an object, but an id is a string or an integer",
            })
    void pointerWithoutIdIsNamed(String pointer, String reason) {
        assertThat(value(ORDER).reason("json:" + pointer)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null|null",
                "1.0|a number with a fraction or an exponent",
                "1e3|a number with a fraction",
                "true|a boolean"
            })
    void invalidIdIsNamed(String json, String type) {
        assertThat(value("{\"id\":" + json + "}").reason("json:/id")).startsWith("/id of the value is " + type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,",
                "{\"id\" \"secret\"}",
                "secret",
                "{\"a\":[}",
                "{\"id\":[1,2",
                "{\"id\":\"secret",
                "\u0000"
            })
    void brokenJsonIsLocatedAndNotRepeated(String json) {
        assertThat(value(json).reason("json:/id"))
                .matches("the value is not valid JSON; see byte \\d+")
                .doesNotContain("secret");
    }

    @Test
    void readingStopsAfterTheId() {
        assertThat(value("{\"id\":\"a\",\"id\":\"b\", broken").decoded("json:/id"))
                .isEqualTo(Decoded.id("a"));
    }

    @Test
    void nestingIsLimited() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"id\":\"x\"}";
        assertThat(value(deep).reason("json:/id")).startsWith("the value is JSON beyond the limits:");
        String long_ = "{\"id\":" + "1".repeat(2_000) + "}";
        assertThat(value(long_).reason("json:/id")).isNotEqualTo("decoded");
    }

    @Test
    void tooLongStringIsNotQuotedInTheReason() {
        assertThat(value("{\"id\":\"" + "x".repeat(100_000) + "\"}").reason("json:/id"))
                .hasSizeLessThan(200)
                .contains("an id has 1 to 256 characters");
    }

    @Test
    void unicodeIdsAreRead() {
        var unicode = new IdRule(true, Set.of());
        assertThat(value("{\"id\":\"a/ü \\uD83D\\uDE00\"}").decoded("json:/id", "", unicode))
                .isEqualTo(Decoded.id("a/ü 😀"));
        assertThat(value("{\"id\":\"a\\uD83D\"}").decoded("json:/id", "", unicode))
                .isInstanceOf(Decoded.Invalid.class);
    }
}
