package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.decoding.RecordDecoder;
import io.triggerquery.consumer.internal.engine.RetryHistory;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.spi.Decoded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TriggerReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant SENT = NOW.minusSeconds(5);
    private static final Decoded.Id ONE = new Decoded.Id("1", OptionalLong.empty());

    private final TriggerReader reader =
            new TriggerReader(new ManagedTopic.Retry("retry", List.of("things")), InstantSource.fixed(NOW));

    private final RecordDecoder decoder = RecordDecoder.ofValues();

    private Work.Refresh read(String topic, Headers headers) {
        var message = message(topic, headers);
        return reader.read(message, (Decoded.Id) decoder.decodeOwn(message));
    }

    private static ConsumerRecord<byte[], byte[]> message(String topic, Headers headers) {
        return new ConsumerRecord<>(
                topic,
                0,
                0,
                SENT.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                1,
                null,
                new byte[] {'a'},
                headers,
                Optional.empty());
    }

    private static Headers headers(Map<String, String> values) {
        var headers = new RecordHeaders();
        values.forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    @Test
    void knowsTopicOfTrigger() {
        var several = new TriggerReader(new ManagedTopic.Retry("retry", List.of("a", "b")), InstantSource.fixed(NOW));
        Headers none = new RecordHeaders();
        Headers deferred = headers(Map.of("triggerquery-topic", "b"));
        assertThat(several.trigger(message("b", none), ONE).topic()).isEqualTo("b");
        assertThat(several.trigger(message("a", deferred), ONE).topic()).isEqualTo("a");
        assertThat(several.trigger(message("retry", deferred), ONE).topic()).isEqualTo("b");
        assertThat(several.trigger(message("b-dlt", none), ONE).topic()).isEqualTo("b");
        // a topic that the listener does not read
        assertThat(several.trigger(message("retry", headers(Map.of("triggerquery-topic", "z"))), ONE)
                        .topic())
                .isEqualTo("a");
    }

    @Test
    void readsLiveTrigger() {
        Headers headers = headers(Map.of());
        assertThat(read("things", headers))
                .isEqualTo(new Work.Refresh(
                        new Trigger("things", "a", OptionalLong.empty(), SENT), RetryHistory.NONE, headers));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, Long.MAX_VALUE})
    void readsVersion(long version) {
        Headers headers = headers(Map.of("triggerquery-version", Long.toString(version)));
        assertThat(read("things", headers).trigger().version()).hasValue(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", " 1", "1.0", "0x1", "٣", "9223372036854775808", "00000000000000000000"})
    void invalidVersionIsIgnoredAndLoggedOnce(String version, CapturedOutput output) {
        Headers headers = headers(Map.of("triggerquery-version", version));
        assertThat(read("things", headers).trigger().version()).isEmpty();
        assertThat(read("things", headers).trigger().version()).isEmpty();
        assertThat(output.toString().split("The version header:triggerquery-version of things-0@0", -1))
                .hasSize(2);
    }

    @Test
    void deferredTriggerReturnsWithRetryHistory() {
        var trigger = new Trigger("things", "a", OptionalLong.of(3), NOW.minusSeconds(100));
        Headers headers = TriggerHeaders.of(trigger, new RetryHistory(7, Duration.ofSeconds(60), Duration.ZERO), SENT);
        assertThat(read("retry", headers))
                .isEqualTo(new Work.Refresh(
                        trigger, new RetryHistory(7, Duration.ofSeconds(65), Duration.ofSeconds(5)), headers));
    }

    private static RetryHistory history(String cause) {
        return new RetryHistory(7, Duration.ofSeconds(60), Duration.ZERO, cause);
    }

    @Test
    void deferredTriggerReturnsWithCause() {
        Headers headers = TriggerHeaders.of(trigger(), history("feign.FeignException: 503"), SENT);
        assertThat(read("retry", headers).history().cause()).isEqualTo("feign.FeignException: 503");
        assertThat(read("things", headers).history().cause())
                .as("of a live trigger")
                .isNull();
    }

    private static Trigger trigger() {
        return new Trigger("things", "a", OptionalLong.of(3), NOW.minusSeconds(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ü", "漢", "😀"})
    void g4_longCauseIsCutBetweenCharacters(String character) {
        Headers headers = TriggerHeaders.of(trigger(), history(character.repeat(500)), SENT);
        assertThat(headers.lastHeader("triggerquery-cause").value()).hasSizeBetween(197, 200);
        assertThat(read("retry", headers).history().cause()).matches("(" + character + ")+");
    }

    @Test
    void causeIsAlwaysOneLine() {
        Headers headers = headers(
                Map.of("triggerquery-failures", "2", "triggerquery-cause", "two\nlines\u2028<b>" + "x".repeat(10_000)));
        assertThat(read("retry", headers).history().cause())
                .startsWith("two lines <b>xxx")
                .hasSize(501);
    }

    @Test
    void triggerOfOlderVersionHasNoCause() {
        Headers headers = headers(Map.of("triggerquery-failures", "2"));
        assertThat(read("retry", headers).history().cause()).isNull();
        assertThat(TriggerHeaders.of(trigger(), history(null), SENT).lastHeader("triggerquery-cause"))
                .isNull();
    }

    @Test
    void differentClocksCauseNoNegativeTimes() {
        Headers headers = headers(Map.of(
                "triggerquery-failures", "2",
                "triggerquery-failing-since", Long.toString(NOW.plusSeconds(60).toEpochMilli()),
                "triggerquery-produced-at", Long.toString(NOW.plusSeconds(60).toEpochMilli())));
        Work.Refresh read = read("retry", headers);
        assertThat(read.history()).isEqualTo(new RetryHistory(2, Duration.ZERO, Duration.ofSeconds(5)));
        assertThat(read.trigger().producedAt()).isEqualTo(SENT);
    }

    @Test
    void liveTriggerHasNoRetryHistory() {
        assertThat(read("things", headers(Map.of("triggerquery-failures", "2"))).history())
                .isEqualTo(RetryHistory.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-3", "0"})
    void invalidHeadersMeanNoRetryHistory(String broken) {
        Headers headers = headers(Map.of(
                "triggerquery-failures",
                broken,
                "triggerquery-failing-since",
                broken,
                "triggerquery-produced-at",
                "x",
                "triggerquery-version",
                "x"));
        assertThat(read("retry", headers))
                .isEqualTo(new Work.Refresh(
                        new Trigger("things", "a", OptionalLong.empty(), SENT), RetryHistory.NONE, headers));
    }

    @Test
    void hugeFailureCountIsLimited() {
        Headers headers = headers(Map.of("triggerquery-failures", Long.toString(Long.MAX_VALUE)));
        assertThat(read("retry", headers).history())
                .isEqualTo(new RetryHistory(100_000, Duration.ZERO, Duration.ofSeconds(5)));
    }
}
