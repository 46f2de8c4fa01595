package io.triggerquery.producer.internal.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes lists of question marks for databases without arrays as parameters. */
final class Placeholders {

    private Placeholders() {}

    /**
     * Returns the condition that a column has one of the values.
     *
     * <p>The last value is repeated until their number is a power of two, so that a database or a driver that keeps
     * statements keeps few of them.
     *
     * @param values not empty
     */
    static Clause in(String column, Collection<?> values) {
        List<@Nullable Object> padded = new ArrayList<>(values);
        Object last = padded.get(padded.size() - 1);
        while (Integer.bitCount(padded.size()) != 1) {
            padded.add(last);
        }
        return new Clause(column + " in (" + marks(padded.size()) + ")", padded);
    }

    /**
     * Returns rows of values after {@code values}.
     *
     * @param row what a row contains, such as {@code (?, ?, now())}
     * @param parameters those of all rows
     */
    static Clause rows(String row, int rows, List<@Nullable Object> parameters) {
        return new Clause(String.join(", ", Collections.nCopies(rows, row)), parameters);
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
