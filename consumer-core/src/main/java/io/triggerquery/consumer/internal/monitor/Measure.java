package io.triggerquery.consumer.internal.monitor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a share of right checks is measured of. */
public enum Measure {
    AFTER_1S("1s", Duration.ofSeconds(1)),
    AFTER_10S("10s", Duration.ofSeconds(10)),
    AFTER_1M("1m", Duration.ofMinutes(1)),
    AFTER_5M("5m", Duration.ofMinutes(5)),
    AFTER_1H("1h", Duration.ofHours(1)),

    /** Ids that the source lists. */
    LISTED("listed", Duration.ofSeconds(10)),

    /** Ids that the projection lists. */
    PROJECTED("projected", Duration.ofSeconds(10));

    private final String label;
    private final long nanos;

    Measure(String label, Duration age) {
        this.label = label;
        this.nanos = age.toNanos();
    }

    /** Returns the name in reports and meters. */
    public String label() {
        return label;
    }

    /** Returns the age in nanoseconds from which a difference counts. */
    long nanos() {
        return nanos;
    }

    /** Returns the first age of triggers that is at least this old, or null if there is none. */
    static @Nullable Measure from(long ageNanos) {
        for (Measure measure : values()) {
            if (measure.ofTriggers() && measure.nanos >= ageNanos) {
                return measure;
            }
        }
        return null;
    }

    /** Returns the next age of triggers, or null if there is none. */
    @Nullable
    Measure next() {
        return ofTriggers() && this != AFTER_1H ? values()[ordinal() + 1] : null;
    }

    boolean ofTriggers() {
        return compareTo(LISTED) < 0;
    }
}
