package io.triggerquery.consumer.internal.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.internal.id.IdConversion;
import io.triggerquery.consumer.internal.id.IdRule;
import io.triggerquery.consumer.spi.Decoded;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The result of an application's decoder is validated. */
class RecordDecoderTest {

    private static Decoded decode(TriggerDecoder decoder) throws Exception {
        return new RecordDecoder(decoder, IdRule.DEFAULT)
                .decode(Messages.value("x").build());
    }

    private static Decoded.Id id(String id, long version) {
        return new Decoded.Id(id, OptionalLong.of(version));
    }

    @Test
    void validIdIsAccepted() throws Exception {
        Decoded one = Decoded.id("a", 3);
        assertThat(decode(message -> one)).isSameAs(one);
        assertThat(decode(message -> Decoded.ignored())).isSameAs(Decoded.ignored());
        assertThat(decode(message -> Decoded.invalid("no"))).isEqualTo(Decoded.invalid("no"));
    }

    @Test
    void invalidIdIsRejected() throws Exception {
        assertThat(decode(message -> Decoded.id("a/../b")))
                .isEqualTo(Decoded.invalid("the id is invalid: an id has 1 to 256 characters out of letters, digits and"
                        + " - . _ ~ : @ =; character 1 is '/'"));
    }

    @Test
    void lowestVersionOfDuplicateIdCounts() throws Exception {
        assertThat(decode(message -> new Decoded.Ids(List.of(id("a", 7), id("b", 1), id("a", 3)), List.of())))
                .isEqualTo(new Decoded.Ids(List.of(id("a", 3), id("b", 1)), List.of()));
        assertThat(decode(message -> new Decoded.Ids(
                        List.of(id("a", 7), new Decoded.Id("a", OptionalLong.empty()), id("a", 9)), List.of())))
                .isEqualTo(Decoded.id("a"));
    }

    @Test
    void listsOfOneOrNoIdAreSimplified() throws Exception {
        assertThat(decode(message -> Decoded.ids(List.of("a")))).isEqualTo(Decoded.id("a"));
        assertThat(decode(message -> Decoded.ids(List.of()))).isEqualTo(Decoded.ignored());
        assertThat(decode(message -> new Decoded.Ids(List.of(), List.of("bad"))))
                .isEqualTo(Decoded.invalid("1 of 1 elements are not ids; the first: bad"));
    }

    @Test
    void tooManyIdsAreRejected() throws Exception {
        List<String> ids =
                IntStream.rangeClosed(0, 1_000).mapToObj(Integer::toString).toList();
        assertThat(decode(message -> Decoded.ids(ids)))
                .isEqualTo(Decoded.invalid("the record has more than 1000 ids; send several records"));
    }

    @Test
    void decoderFailuresAreThrown() {
        assertThatThrownBy(() -> decode(message -> {
                    throw new IOException("registry");
                }))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decode(message -> {
                    throw new NoClassDefFoundError("Schema");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NoClassDefFoundError: Schema");
        assertThatThrownBy(() -> decode(message -> null))
                .hasMessage("the decoder returned null; return Decoded.ignored() for other records");
        assertThatThrownBy(() -> decode(message -> Decoded.id("a", -1))).hasMessage("the version -1 is negative");
    }

    @Test
    void idThatSourceCannotConvertIsRejected() {
        var rule = new IdRule(false, Set.of(IdConversion.LONG));
        assertThat(Messages.value("17").decoded("", "", rule)).isEqualTo(Decoded.id("17"));
        assertThat(Messages.value("x17").decoded("", "", rule))
                .isEqualTo(
                        Decoded.invalid("the id is invalid: the source takes a number of type long, and the id is not"
                                + " the text of one; a String parameter takes every id"));
    }
}
