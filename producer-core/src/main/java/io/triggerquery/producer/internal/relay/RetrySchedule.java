package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * The pauses between attempts: the first after the first failure, and so on; the last one repeats.
 *
 * @param pauses the first pauses, in order
 * @param lastPause the pause after all of these, which repeats
 * @param jitter the random part by which a pause is made shorter or longer, from 0 to 1, so that instances do not act
 *     at the same time
 * @param random returns numbers from 0 (included) to 1 (excluded)
 */
public record RetrySchedule(List<Duration> pauses, Duration lastPause, double jitter, DoubleSupplier random) {

    /** Rejects values that are out of range. */
    public RetrySchedule {
        pauses = List.copyOf(pauses);
        if (lastPause.toMillis() < 1 || pauses.stream().anyMatch(pause -> pause.toMillis() < 1)) {
            throw new IllegalArgumentException("A pause between two attempts must be at least 1 ms");
        }
        if (jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("The jitter is a part of the pause and must be from 0 to 1");
        }
    }

    /** Returns the pause after this number of consecutive failures. */
    public Duration after(int failures) {
        return jittered(failures <= pauses.size() ? pauses.get(failures - 1) : lastPause);
    }

    /** Returns the longest pause, without jitter. */
    public Duration longest() {
        return Stream.concat(pauses.stream(), Stream.of(lastPause))
                .max(Duration::compareTo)
                .orElse(lastPause);
    }

    /** Returns this pause with the schedule's jitter. */
    public Duration jittered(Duration full) {
        double factor = 1 + jitter * (2 * random.getAsDouble() - 1);
        return Duration.ofMillis(Math.max(1, Math.round(full.toMillis() * factor)));
    }

    /** Returns a random number from 0 (included) to 1 (excluded). */
    public static double randomFraction() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** Returns the sum of all pauses except the repeating one, without jitter. */
    public Duration length() {
        return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
