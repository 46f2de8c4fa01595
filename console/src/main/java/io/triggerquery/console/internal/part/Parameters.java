package io.triggerquery.console.internal.part;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request: those of its address, or the texts in its body.
 *
 * @param byName the values by their names
 */
public record Parameters(Map<String, String> byName) {

    /** Returns a value, or null if it is missing or empty. */
    public @Nullable String get(String name) {
        String value = byName.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /**
     * Returns a value.
     *
     * @throws RefusedException if it is missing or empty
     */
    public String require(String name) {
        String value = get(name);
        if (value == null) {
            throw new RefusedException(RefusedException.INVALID, "The parameter " + name + " is missing.");
        }
        return value;
    }
}
