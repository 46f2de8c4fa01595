package io.triggerquery.consumer.internal.query;

import feign.FeignException;
import feign.RetryableException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Reads the header {@code Retry-After}.
 *
 * <p>Threads: any. Bounds: never longer than it is made with.
 */
final class RetryAfter {

    private static final int TOO_MANY_REQUESTS = 429;

    private final Duration longest;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private volatile long end;

    RetryAfter(Duration longest) {
        this(longest, System::nanoTime, InstantSource.system());
    }

    RetryAfter(Duration longest, LongSupplier nanoTime, InstantSource clock) {
        this.longest = longest;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.end = nanoTime.getAsLong();
    }

    /** How long the source is still to be left alone; not positive if it may be asked. */
    Duration left() {
        return Duration.ofNanos(end - nanoTime.getAsLong());
    }

    /**
     * Takes note of an answer that any id would have got.
     *
     * @param away whether the source was found away by others too: a 503 may be about one id, a 429 never is
     */
    void answered(Throwable failure, boolean away) {
        if (failure instanceof FeignException answer && (away || answer.status() == TOO_MANY_REQUESTS)) {
            asked(answer).ifPresent(pause -> end = nanoTime.getAsLong() + pause.toNanos());
        }
    }

    /** Whether the answer asks for a pause. */
    static boolean isAskedFor(FeignException answer) {
        return retryAt(answer).isPresent() || header(answer, "Retry-After").isPresent();
    }

    private Optional<Duration> asked(FeignException answer) {
        return retryAt(answer)
                .map(then -> Duration.between(clock.instant(), then))
                .or(() -> header(answer, "Retry-After").flatMap(value -> duration(value, answer)))
                .filter(pause -> !pause.isNegative())
                .map(pause -> pause.compareTo(longest) > 0 ? longest : pause);
    }

    /** What a Feign client of the application has made of the header. */
    private static Optional<Instant> retryAt(FeignException answer) {
        return answer instanceof RetryableException retryable
                ? Optional.ofNullable(retryable.retryAfter()).map(Instant::ofEpochMilli)
                : Optional.empty();
    }

    /** A number of seconds, or a date by the source's clock, if it says what time it is there. */
    private Optional<Duration> duration(String value, FeignException answer) {
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            boolean tooMuch = value.length() > Long.toString(Integer.MAX_VALUE).length();
            return Optional.of(tooMuch ? longest : Duration.ofSeconds(Long.parseLong(value)));
        }
        return date(value)
                .map(then -> Duration.between(
                        header(answer, "Date").flatMap(RetryAfter::date).orElseGet(clock::instant), then));
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(FeignException answer, String name) {
        Collection<String> values = answer.responseHeaders().get(name);
        return values == null
                ? Optional.empty()
                : values.stream().map(String::strip).findFirst();
    }
}
