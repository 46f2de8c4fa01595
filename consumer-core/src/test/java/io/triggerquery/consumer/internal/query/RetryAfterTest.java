package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import feign.FeignException;
import feign.Request;
import feign.Request.HttpMethod;
import feign.Response;
import feign.RetryableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pause that a source requests with Retry-After. */
class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private long nanos = Long.MAX_VALUE - 1; // overflows soon
    private final RetryAfter pause = new RetryAfter(Duration.ofSeconds(10), () -> nanos, () -> NOW);

    static FeignException status(int status, Map<String, String> headers) {
        Map<String, Collection<String>> all = new HashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return statusOf(status, all);
    }

    private static FeignException statusOf(int status, Map<String, Collection<String>> all) {
        return FeignException.errorStatus(
                "byId",
                Response.builder()
                        .status(status)
                        .request(Request.create(HttpMethod.GET, "/", Map.of(), null, StandardCharsets.UTF_8, null))
                        .headers(all)
                        .build());
    }

    private void answered(int status, String retryAfter, boolean away) {
        pause.onAnswer(status(status, Map.of("retry-after", retryAfter)), away);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3",
        "' 3 ', 3",
        "0, 0",
        "10, 10",
        "11, 10",
        "86400, 10",
        "99999999999999999999999, 10",
        "'Sun, 01 Mar 2026 12:00:05 GMT', 5",
        "'Sunday, 01-Mar-26 12:00:05 GMT', 5",
        "'Sun Mar  1 12:00:05 2026', 5",
        "'Sun, 01 Mar 2026 13:00:00 GMT', 10"
    })
    void takesNumbersAndDatesAtTheirWordWithinTheBound(String value, long seconds) {
        answered(429, value, false);
        assertThat(pause.remaining()).isEqualTo(Duration.ofSeconds(seconds));
        nanos += Duration.ofSeconds(seconds).toNanos();
        assertThat(pause.remaining()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "1.5", "soon", "Sun, 01 Mar 2026 11:00:00 GMT", "2026-03-01T12:00:05Z"})
    void ignoresInvalidValues(String value) {
        answered(429, value, false);
        assertThat(pause.remaining()).isLessThanOrEqualTo(Duration.ZERO);
    }

    /** Answers to calls that began before the pause do not shorten it. */
    @Test
    void laterAnswerDoesNotShortenPause() {
        answered(429, "5", false);
        answered(429, "1", false);
        answered(429, "0", false);
        assertThat(pause.remaining()).isEqualTo(Duration.ofSeconds(5));
        answered(429, "7", false);
        assertThat(pause.remaining()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void longestOfSeveralHeadersCounts() {
        pause.onAnswer(statusOf(429, Map.of("RETRY-AFTER", List.of("2", "soon", "4"))), false);
        assertThat(pause.remaining()).isEqualTo(Duration.ofSeconds(4));
    }

    /** Their names and units differ between services, and a draft gives Retry-After precedence over them. */
    @Test
    void rateLimitHeadersAreIgnored() {
        pause.onAnswer(status(429, Map.of("RateLimit-Reset", "5", "X-RateLimit-Reset", "1772366400")), false);
        assertThat(pause.remaining()).isLessThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void readsDateByClockOfTheSource() {
        pause.onAnswer(
                status(
                        429,
                        Map.of(
                                "Date", "Sun, 01 Mar 2026 09:00:00 GMT",
                                "Retry-After", "Sun, 01 Mar 2026 09:00:04 GMT")),
                false);
        assertThat(pause.remaining()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void statusOtherThan429CountsOnlyIfSourceIsUnavailable() {
        answered(503, "5", false);
        assertThat(pause.remaining()).as("it may concern one id only").isLessThanOrEqualTo(Duration.ZERO);
        answered(503, "5", true);
        assertThat(pause.remaining()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void readsHeaderAlreadyParsedByFeignClient() {
        pause.onAnswer(
                new RetryableException(
                        429,
                        "later",
                        HttpMethod.GET,
                        NOW.plusSeconds(6).toEpochMilli(),
                        Request.create(HttpMethod.GET, "/", Map.of(), null, StandardCharsets.UTF_8, null)),
                false);
        assertThat(pause.remaining()).isEqualTo(Duration.ofSeconds(6));
    }
}
