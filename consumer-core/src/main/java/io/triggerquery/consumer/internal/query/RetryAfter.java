package io.triggerquery.consumer.internal.query;

import feign.FeignException;
import feign.RetryableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.hc.client5.http.utils.DateUtils;

/**
 * Holds the pause that a source requested with the header {@code Retry-After}.
 *
 * <p>Threads: any. Bounds: a pause is never longer than the duration passed to the constructor. Headers of rate limits,
 * such as {@code X-RateLimit-Reset}, are not read: each service gives them another unit.
 */
final class RetryAfter {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final DateTimeFormatter[] DATES = {
        DateUtils.FORMATTER_RFC1123, DateUtils.FORMATTER_RFC1036, DateUtils.FORMATTER_ASCTIME.withZone(ZoneOffset.UTC)
    };

    private final Duration maxPause;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private volatile long endNanos;

    RetryAfter(Duration maxPause) {
        this(maxPause, System::nanoTime, InstantSource.system());
    }

    RetryAfter(Duration maxPause, LongSupplier nanoTime, InstantSource clock) {
        this.maxPause = maxPause;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.endNanos = nanoTime.getAsLong();
    }

    /** Returns the remainder of the pause; not positive if the source may be queried. */
    Duration remaining() {
        return Duration.ofNanos(endNanos - nanoTime.getAsLong());
    }

    /**
     * Records an answer that concerns every id.
     *
     * <p>A pause is never shortened: the answers that arrive during it are those of calls that began before it.
     *
     * @param unavailable whether other calls found the source unavailable too: a 503 may concern one id, a 429 never
     *     does
     */
    void onAnswer(Throwable failure, boolean unavailable) {
        if (failure instanceof FeignException answer && (unavailable || isAboutEveryId(answer))) {
            requestedPause(answer).ifPresent(this::extendTo);
        }
    }

    private synchronized void extendTo(Duration pause) {
        if (pause.compareTo(remaining()) > 0) {
            endNanos = nanoTime.getAsLong() + pause.toNanos();
        }
    }

    /** Returns whether the answer concerns every id, whatever other calls were answered. */
    static boolean isAboutEveryId(Throwable failure) {
        return failure instanceof FeignException answer && answer.status() == TOO_MANY_REQUESTS;
    }

    /** Returns whether the answer requests a pause. */
    static boolean isPresent(FeignException answer) {
        return retryAt(answer).isPresent()
                || headers(answer, "Retry-After").findAny().isPresent();
    }

    private Optional<Duration> requestedPause(FeignException answer) {
        return retryAt(answer)
                .map(retryTime -> Duration.between(clock.instant(), retryTime))
                .or(() -> headers(answer, "Retry-After")
                        .flatMap(value -> duration(value, answer).stream())
                        .max(Comparator.naturalOrder()))
                .filter(pause -> !pause.isNegative())
                .map(pause -> pause.compareTo(maxPause) > 0 ? maxPause : pause);
    }

    /** Returns the time that a Feign client of the application has parsed from the header. */
    private static Optional<Instant> retryAt(FeignException answer) {
        return answer instanceof RetryableException retryable
                ? Optional.ofNullable(retryable.retryAfter()).map(Instant::ofEpochMilli)
                : Optional.empty();
    }

    /**
     * Parses a number of seconds, or a date. A date is relative to the source's clock if the answer has the header
     * Date.
     */
    private Optional<Duration> duration(String value, FeignException answer) {
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            boolean tooLong = value.length() > Long.toString(Integer.MAX_VALUE).length();
            return Optional.of(tooLong ? maxPause : Duration.ofSeconds(Long.parseLong(value)));
        }
        return date(value).map(retryTime -> Duration.between(now(answer), retryTime));
    }

    private Instant now(FeignException answer) {
        return headers(answer, "Date").findFirst().flatMap(RetryAfter::date).orElseGet(clock::instant);
    }

    /** Parses a date in one of the three forms of RFC 9110. */
    private static Optional<Instant> date(String value) {
        return Optional.ofNullable(DateUtils.parseDate(value.replaceAll(" +", " "), DATES));
    }

    private static Stream<String> headers(FeignException answer, String name) {
        return answer.responseHeaders().getOrDefault(name, List.of()).stream().map(String::strip);
    }
}
