package io.triggerquery.demo.support;

import java.time.Duration;

/** Durations in readable form. */
public final class Ages {

    private Ages() {}

    /** Returns a duration in its largest sensible unit, such as {@code 90 s} or {@code 3 h}. */
    public static String of(Duration age) {
        if (age.toMinutes() < 2) {
            return age.toSeconds() + " s";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " days";
    }
}
