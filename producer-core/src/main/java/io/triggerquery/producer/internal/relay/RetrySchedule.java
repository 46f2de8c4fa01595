package io.triggerquery.producer.internal.relay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * The pauses between tries: the first after the first failure, and so on; the last one repeats.
 *
 * @param pauses the pauses one after the other
 * @param then the pause after all of these
 * @param jitter how far a pause is moved at random, as a part of it, so that instances do not act in step; 0 to 1
 * @param random gives numbers from 0 (included) to 1 (excluded)
 */
public record RetrySchedule(List<Duration> pauses, Duration then, double jitter, DoubleSupplier random) {

    /** Refuses what cannot work. */
    public RetrySchedule {
        pauses = List.copyOf(pauses);
        if (then.toMillis() < 1 || pauses.stream().anyMatch(pause -> pause.toMillis() < 1)) {
            throw new IllegalArgumentException("a pause between two attempts is at least 1 ms");
        }
        if (jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException("the jitter is a part of the pause, from 0 to 1");
        }
    }

    /** The pause after so many failures in a row. */
    public Duration after(int failures) {
        return jittered(failures <= pauses.size() ? pauses.get(failures - 1) : then);
    }

    /** The longest pause, without jitter. */
    public Duration longest() {
        return Stream.concat(pauses.stream(), Stream.of(then))
                .max(Duration::compareTo)
                .orElse(then);
    }

    /** A pause of any length with this schedule's jitter. */
    public Duration jittered(Duration full) {
        double factor = 1 + jitter * (2 * random.getAsDouble() - 1);
        return Duration.ofMillis(Math.max(1, Math.round(full.toMillis() * factor)));
    }

    /** A source of jitter. */
    public static double anyPart() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** How long all pauses but the last, endless one take together, without jitter. */
    public Duration length() {
        return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
