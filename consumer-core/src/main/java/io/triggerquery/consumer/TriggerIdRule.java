package io.triggerquery.consumer;

import java.util.Optional;

/**
 * Checks ids, which become part of URLs, log lines and record keys. So it has 1 to {@value #MAX_LENGTH} characters out
 * of ASCII letters, digits and {@code - . _ ~ : @ =}, and is neither {@code .} nor {@code ..}: none of them can change
 * a request's path or query, break a line, or need to be escaped.
 */
public final class TriggerIdRule {

    /** The most characters that an id may have. */
    public static final int MAX_LENGTH = 256;

    private static final boolean[] PERMITTED = permitted();

    private TriggerIdRule() {}

    /** Whether an id may contain the character. */
    public static boolean permits(char c) {
        return c < PERMITTED.length && PERMITTED[c];
    }

    /** A table, since each character of each message is looked up. */
    private static boolean[] permitted() {
        boolean[] permitted = new boolean[128];
        String all = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "abcdefghijklmnopqrstuvwxyz" + "0123456789" + "-._~:@=";
        all.chars().forEach(c -> permitted[c] = true);
        return permitted;
    }

    /** Whether the id is a path rather than an id. */
    public static boolean isPath(String id) {
        return id.equals(".") || id.equals("..");
    }

    /**
     * Checks an id.
     *
     * @throws IllegalArgumentException if it is none; says why, without repeating it
     */
    public static void check(String id) {
        violation(id).ifPresent(violation -> {
            throw new IllegalArgumentException("This is no id: " + violation);
        });
    }

    /** Says what is wrong with an id, without repeating it; empty if nothing is. */
    public static Optional<String> violation(String id) {
        boolean permitted = id.chars().allMatch(c -> permits((char) c));
        if (id.isEmpty() || id.length() > MAX_LENGTH || !permitted) {
            return Optional.of("an id has 1 to " + MAX_LENGTH + " characters out of letters, digits and - . _ ~ : @ =");
        }
        return isPath(id) ? Optional.of("an id is neither \".\" nor \"..\"") : Optional.empty();
    }
}
