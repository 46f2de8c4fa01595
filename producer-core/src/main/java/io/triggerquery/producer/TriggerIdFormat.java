package io.triggerquery.producer;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks ids: 1 to 256 characters out of ASCII letters, digits and {@code - . _ ~ : @ =}, and neither {@code .} nor
 * {@code ..}. The consumer applies the same rule, because the id becomes part of a URL and of log lines.
 */
public final class TriggerIdFormat {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9\\-._~:@=]{1,256}");

    private TriggerIdFormat() {}

    /** Returns what is wrong with an id, without repeating the id; empty if it is valid. */
    public static Optional<String> violation(String id) {
        if (!ALLOWED.matcher(id).matches()) {
            return Optional.of("an id has 1 to 256 characters out of letters, digits and - . _ ~ : @ =");
        }
        // in a URL they resolve to another path
        if (id.equals(".") || id.equals("..")) {
            return Optional.of("an id is neither \".\" nor \"..\"");
        }
        return Optional.empty();
    }
}
