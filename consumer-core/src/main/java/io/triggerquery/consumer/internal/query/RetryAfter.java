package io.triggerquery.consumer.internal.query;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Holds the pause that a source requested with the header {@code Retry-After}.
 *
 * <p>Threads: any. Bounds: a pause is never longer than the duration passed to the constructor.
 */
final class RetryAfter {

    private static final int TOO_MANY_REQUESTS = 429;

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
     * @param unavailable whether other calls found the source unavailable too: a 503 may concern one id, a 429 never
     *     does
     */
    void onAnswer(Throwable failure, boolean unavailable) {
        if (FailedCalls.of(failure) instanceof FailedCall.Answer answer
                && (unavailable || answer.status() == TOO_MANY_REQUESTS)) {
            requestedPause(answer).ifPresent(pause -> endNanos = nanoTime.getAsLong() + pause.toNanos());
        }
    }

    /** Returns whether the answer requests a pause. */
    static boolean isPresent(FailedCall.Answer answer) {
        return answer.retryAt() != null || answer.header("Retry-After").isPresent();
    }

    private Optional<Duration> requestedPause(FailedCall.Answer answer) {
        return Optional.ofNullable(answer.retryAt())
                .map(retryTime -> Duration.between(clock.instant(), retryTime))
                .or(() -> answer.header("Retry-After").flatMap(value -> duration(value, answer)))
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
        return date(value)
                .map(retryTime -> Duration.between(
                        answer.header("Date").flatMap(RetryAfter::date).orElseGet(clock::instant), retryTime));
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
