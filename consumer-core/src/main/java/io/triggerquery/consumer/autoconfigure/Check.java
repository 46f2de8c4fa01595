package io.triggerquery.consumer.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** Validates settings, with messages that name the property. */
final class Check {

    private Check() {}

    static void between(String property, long value, long min, long max) {
        if (value < min || value > max) {
            throw invalid(property, value, max == Long.MAX_VALUE ? "at least " + min : "from " + min + " to " + max);
        }
    }

    static void between(String property, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw invalid(property, text(value), "from " + text(min) + " to " + text(max));
        }
    }

    static FailureAnalyzedException invalid(String property, @Nullable Object value, String allowed) {
        return new FailureAnalyzedException(
                value == null ? "The property " + property + " is missing." : property + " is " + value + ".",
                "Set " + property + " to a value: " + allowed + ".");
    }

    private static String text(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
