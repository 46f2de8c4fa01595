package io.triggerquery.consumer.internal.decoding;

import static io.triggerquery.consumer.internal.decoding.Messages.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.spi.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One pass over a document finds the same id and version as two passes. */
class JsonPairTest {

    private static final List<String> PLACES = List.of(
            "/id",
            "/v",
            "/a",
            "/a/id",
            "/a/v",
            "/a/b/id",
            "/a/b/v",
            "/list",
            "/list/0",
            "/list/1",
            "/list/1/id",
            "/list/1/v",
            "/list/2",
            "/none",
            "/none/id",
            "/list/-",
            "/0",
            "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"x\",\"v\":1,\"a\":{\"id\":\"y\",\"v\":\"2\",\"b\":{\"v\":3,\"id\":4}},\"list\":[5,{\"v\":6,\"id\":7}]}",
                "{\"list\":[[\"p\",[1],{\"q\":[]}],{\"id\":[8,9],\"v\":1.5},10],\"a\":{\"b\":{\"c\":{}},\"v\":11},\"v\":12,\"id\":13}",
                "{\"v\":null,\"id\":null,\"a\":[1,2],\"a\":{\"id\":1,\"v\":2},\"list\":{\"0\":\"i\",\"1\":3},\"0\":[\"k\",[],7]}",
                "[\"m\",{\"id\":14,\"v\":15},16]",
                "\"n\"",
                "17",
                "{}",
                "[]",
                "null"
            })
    void ofAllPlacesInWholeAndInBrokenDocuments(String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        for (int length = bytes.length; length >= 0; length--) {
            byte[] cut = Arrays.copyOf(bytes, length);
            for (String id : PLACES) {
                for (String version : PLACES) {
                    Decoded inOne = decoded(cut, "json:" + id, "json:" + version);
                    Decoded inTwo = inTwoPasses(cut, "json:" + id, "json:" + version);
                    if (cut.length < bytes.length && inTwo instanceof Decoded.Invalid) {
                        // either of two reasons may be found first
                        assertThat(inOne).isInstanceOf(Decoded.Invalid.class);
                    } else {
                        assertThat(inOne)
                                .as("%s and %s in %s", id, version, new String(cut, StandardCharsets.UTF_8))
                                .isEqualTo(inTwo);
                    }
                }
            }
        }
    }

    private static Decoded decoded(byte[] document, String id, String version) {
        return Messages.message().withValue(document).decoded(id, version);
    }

    private static Decoded inTwoPasses(byte[] document, String id, String version) {
        Decoded ids = decoded(document, id, "");
        Decoded versions = Messages.message().withValue(document).key("k").decoded("key", version);
        OptionalLong found = ((Decoded.Id) versions).version();
        if (found.isEmpty() || ids instanceof Decoded.Invalid || ids instanceof Decoded.Ignored) {
            return ids;
        }
        return ids instanceof Decoded.Ids several
                ? new Decoded.Ids(
                        several.ids().stream()
                                .map(each -> new Decoded.Id(each.id(), found))
                                .toList(),
                        several.invalid())
                : new Decoded.Id(((Decoded.Id) ids).id(), found);
    }

    @Test
    void readingStopsAfterBoth() {
        assertThat(value("{\"v\":1,\"id\":\"a\", broken").decoded("json:/id", "json:/v"))
                .isEqualTo(Decoded.id("a", 1));
        assertThat(value("{\"p\":{\"id\":\"a\",\"v\":1},\"id\":\"b\", broken").decoded("json:/p/id", "json:/p/v"))
                .isEqualTo(Decoded.id("a", 1));
    }

    @ParameterizedTest
    @CsvSource({"/a/id,/a/v,1", "/a/id,/b/id,0", "/a/b/c,/a/b/d/e,2", "/list/0,/list/1,1"})
    void commonPathIsParsedOnce(String id, String version, int depth) {
        assertThat(JsonPair.of(JsonPlace.of(id), JsonPlace.of(version)))
                .extracting(JsonPair::depth)
                .isEqualTo(depth);
    }

    @ParameterizedTest
    @CsvSource({"/a,/a", "/a,/a/v", "/a/id,/a", "'',/v", "/id,''"})
    void nestedPointerIsReadInASeparatePass(String id, String version) {
        assertThat(JsonPair.of(JsonPlace.of(id), JsonPlace.of(version))).isNull();
    }
}
