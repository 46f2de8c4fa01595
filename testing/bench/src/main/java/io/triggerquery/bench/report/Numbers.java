package io.triggerquery.bench.report;

import java.util.Locale;
import java.util.Optional;

/** Formats numbers with three significant digits. */
final class Numbers {

    private Numbers() {}

    static String of(double value) {
        if (Double.isInfinite(value)) {
            return "never";
        }
        double size = Math.abs(value);
        String format;
        if (size == 0) {
            format = "%.0f";
        } else if (size >= 100) {
            format = "%,.0f";
        } else if (size >= 10) {
            format = "%.1f";
        } else if (size >= 0.1) {
            format = "%.2f";
        } else {
            format = "%.4f";
        }
        return String.format(Locale.ROOT, format, value);
    }

    /** Returns the median, and in brackets the minimum and the maximum unless all are equal. */
    static String of(Optional<Spread> spread) {
        return spread.map(some -> {
                    String median = of(some.median());
                    return some.least() == some.most()
                            ? median
                            : median + " (" + of(some.least()) + "–" + of(some.most()) + ")";
                })
                .orElse("–");
    }
}
