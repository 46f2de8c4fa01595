package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.decoding.Decoders;
import io.triggerquery.consumer.internal.decoding.Expression;
import io.triggerquery.consumer.internal.decoding.RecordDecoder;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.internal.id.IdRule;
import io.triggerquery.consumer.spi.Decoded;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** The work of a record by the result of its decoder. */
class RecordReaderTest {

    private static final Instant SENT = Instant.parse("2026-11-24T12:00:00Z");
    private static final IdRule UNICODE = new IdRule(true, Set.of());

    private final RecordHeaders headers = new RecordHeaders();
    private final TriggerReader triggers =
            new TriggerReader(new ManagedTopic.Retry("retry", List.of("things")), InstantSource.fixed(SENT));
    private final List<String> sent = new ArrayList<>();

    private RecordReader reader(TriggerDecoder decoder, IdRule rule) {
        return new RecordReader(
                new RecordDecoder(decoder, rule),
                triggers,
                (message, reason) -> sent.add(text(message) + ": " + reason));
    }

    private Work read(TriggerDecoder decoder, String topic, String value) {
        return reader(decoder, IdRule.DEFAULT).read(message(topic, value));
    }

    private Work read(String idFrom, String value) {
        return read(
                Decoders.of(new Expression(idFrom, "idFrom"), new Expression("json:/v", "versionFrom")),
                "things",
                value);
    }

    private ConsumerRecord<byte[], byte[]> message(String topic, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                topic,
                1,
                7,
                SENT.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                bytes,
                bytes,
                headers,
                Optional.empty());
    }

    private static String text(ConsumerRecord<byte[], byte[]> message) {
        return new String(message.value(), StandardCharsets.UTF_8);
    }

    private Work.Refresh refresh(String id, OptionalLong version) {
        return new Work.Refresh(new Trigger("things", id, version, SENT), RetryHistory.NONE, headers);
    }

    @Test
    void oneIdIsARefresh() {
        assertThat(read("json:/id", "{\"id\":\"a\",\"v\":3}")).isEqualTo(refresh("a", OptionalLong.of(3)));
    }

    @Test
    void severalIdsAreSeveralParts() {
        assertThat(read("json:/ids", "{\"ids\":[\"a\",\"b\"]}"))
                .isEqualTo(new Work.Several(
                        List.of(refresh("a", OptionalLong.empty()), refresh("b", OptionalLong.empty()))));
    }

    @Test
    void invalidIdAmongValidOnesIsASeparatePart() throws Exception {
        var several = (Work.Several) read("json:/ids", "{\"ids\":[1,2,3,4,\"a/b\",6,7,8,9,10]}");
        assertThat(several.parts()).hasSize(10);
        assertThat(several.parts().subList(0, 9)).allMatch(Work.Refresh.class::isInstance);
        var dead = (Work.DeadLetter) several.parts().get(9);
        assertThat(dead.origin()).isEqualTo("things-1@7");
        assertThat(dead.reason()).startsWith("1 of 10 elements are not ids; the first: the id is invalid");
        dead.sending().send();
        assertThat(sent).containsExactly("{\"ids\":[1,2,3,4,\"a/b\",6,7,8,9,10]}: " + dead.reason());
    }

    @Test
    void recordWithoutIdsIsIgnored() {
        assertThat(read("json:/ids", "{\"ids\":[]}")).isEqualTo(new Work.Ignored("things-1@7"));
        assertThat(read(message -> Decoded.ignored(), "things", "x")).isEqualTo(new Work.Ignored("things-1@7"));
    }

    @Test
    void invalidRecordIsADeadLetter() throws Exception {
        var dead = (Work.DeadLetter) read("json:/id", "{}");
        assertThat(dead.origin()).isEqualTo("things-1@7");
        assertThat(dead.reason()).isEqualTo("there is nothing at /id of the value");
        dead.sending().send();
        assertThat(sent).containsExactly("{}: there is nothing at /id of the value");
    }

    @Test
    void recordIsDecodedAgainIfDecoderThrows() throws Exception {
        var broken = new AtomicBoolean(true);
        var undecoded = (Work.Undecoded) read(
                message -> {
                    if (broken.get()) {
                        throw new IOException("no\nregistry");
                    }
                    return Decoded.id(text(message));
                },
                "things",
                "a");
        assertThat(undecoded.origin()).isEqualTo("things-1@7");
        assertThatThrownBy(() -> undecoded.decoding().decode()).isInstanceOf(IOException.class);
        undecoded.sending().send();
        assertThat(sent).containsExactly("a: the decoder failed: java.io.IOException: no registry");
        broken.set(false);
        assertThat(undecoded.decoding().decode()).isEqualTo(refresh("a", OptionalLong.empty()));
    }

    @Test
    void retryTopicIsNotReadByListenerDecoder() {
        TriggerDecoder never = message -> {
            throw new IOException("not asked");
        };
        headers.add("triggerquery-version", "7".getBytes(StandardCharsets.UTF_8));
        assertThat(read(never, "retry", "a")).isEqualTo(refresh("a", OptionalLong.of(7)));
        assertThat(read(never, "retry", "a/b"))
                .isInstanceOfSatisfying(
                        Work.DeadLetter.class,
                        letter -> assertThat(letter.reason())
                                .startsWith("the deferred trigger can no longer be processed: the id is invalid: "));
        assertThat(reader(never, UNICODE).read(message("retry", "a/ü"))).isEqualTo(refresh("a/ü", OptionalLong.of(7)));
    }

    @Test
    void deadLetterHoldsTriggerOrRecord() {
        var decoder = new RecordDecoder(
                Decoders.of(new Expression("json:/ids", "idFrom"), new Expression("", "versionFrom")), IdRule.DEFAULT);
        var letters = new RecordTriggers(decoder, triggers);
        assertThat(letters.ofDeadLetter(message("things-dlt", "[]")).triggers()).isEmpty();
        assertThat(letters.ofDeadLetter(message("things-dlt", "{\"ids\":[\"a\",\"b\",null]}"))
                        .triggers())
                .extracting(Trigger::id)
                .containsExactly("a", "b");
        assertThat(letters.ofDeadLetter(message("things-dlt", "{\"ids\":[\"a\",\"b\",null]}"))
                        .complete())
                .isFalse();
        headers.add(DeadLetters.CONTENT, "trigger".getBytes(StandardCharsets.UTF_8));
        assertThat(letters.ofDeadLetter(message("things-dlt", "a")).triggers())
                .extracting(Trigger::id)
                .containsExactly("a");
        headers.add(DeadLetters.CONTENT, "record".getBytes(StandardCharsets.UTF_8));
        assertThat(letters.ofDeadLetter(message("things-dlt", "a")).triggers()).isEmpty();
        assertThat(letters.ofRetryTopic(message("retry", "a")))
                .extracting(Trigger::id)
                .containsExactly("a");
    }

    @Test
    void failingDecoderEndsReplay() {
        var decoder = new RecordDecoder(
                message -> {
                    throw new IOException("registry");
                },
                IdRule.DEFAULT);
        assertThatThrownBy(() -> new RecordTriggers(decoder, triggers).ofDeadLetter(message("things-dlt", "a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the decoder failed for things-dlt-1@7: java.io.IOException: registry");
    }
}
