package io.triggerquery.consumer.internal.query;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.LongSupplier;
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
        if (FailedCalls.of(failure) instanceof FailedCall.Answer answer && (unavailable || isAboutEveryId(answer))) {
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
        return FailedCalls.of(failure) instanceof FailedCall.Answer answer && isAboutEveryId(answer);
    }

    private static boolean isAboutEveryId(FailedCall.Answer answer) {
        return answer.status() == TOO_MANY_REQUESTS;
    }

    /** Returns whether the answer requests a pause. */
    static boolean isPresent(FailedCall.Answer answer) {
        return answer.retryAt() != null || answer.header("Retry-After").isPresent();
    }

    private Optional<Duration> requestedPause(FailedCall.Answer answer) {
        return Optional.ofNullable(answer.retryAt())
                .map(retryTime -> Duration.between(clock.instant(), retryTime))
                .or(() -> answer.headers("Retry-After")
                        .flatMap(value -> duration(value, answer).stream())
                        .max(Comparator.naturalOrder()))
                .filter(pause -> !pause.isNegative())
                .map(pause -> pause.compareTo(maxPause) > 0 ? maxPause : pause);
    }

    /**
     * Parses a number of seconds, or a date. A date is relative to the source's clock if the answer has the header
     * Date.
     */
    private Optional<Duration> duration(String value, FailedCall.Answer answer) {
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            boolean tooLong = value.length() > Long.toString(Integer.MAX_VALUE).length();
            return Optional.of(tooLong ? maxPause : Duration.ofSeconds(Long.parseLong(value)));
        }
        return date(value).map(retryTime -> Duration.between(now(answer), retryTime));
    }

    private Instant now(FailedCall.Answer answer) {
        return answer.header("Date").flatMap(RetryAfter::date).orElseGet(clock::instant);
    }

    /** Parses a date in one of the three forms of RFC 9110. */
    private static Optional<Instant> date(String value) {
        return Optional.ofNullable(DateUtils.parseDate(value.replaceAll(" +", " "), DATES));
    }
}
