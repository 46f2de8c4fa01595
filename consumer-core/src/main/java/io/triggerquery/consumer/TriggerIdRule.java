package io.triggerquery.consumer;

import java.util.Optional;

/**
 * Checks ids, which become part of URLs, log lines and record keys. An id has 1 to {@value #MAX_LENGTH} characters out
 * of ASCII letters, digits and {@code - . _ ~ : @ =}, and is neither {@code .} nor {@code ..}: none of them can change
 * a request's path or query, break a line, or need to be escaped.
 */
public final class TriggerIdRule {

    /** The maximum length of an id. */
    public static final int MAX_LENGTH = 256;

    private static final boolean[] PERMITTED = permitted();

    private TriggerIdRule() {}

    /** Returns whether an id may contain the character. */
    public static boolean permits(char c) {
        return c < PERMITTED.length && PERMITTED[c];
    }

    /** Creates a lookup table, since each character of each message is checked. */
    private static boolean[] permitted() {
        boolean[] permitted = new boolean[128];
        String all = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "abcdefghijklmnopqrstuvwxyz" + "0123456789" + "-._~:@=";
        all.chars().forEach(c -> permitted[c] = true);
        return permitted;
    }

    /** Returns whether the id is a path segment such as {@code ..}. */
    public static boolean isPath(String id) {
        return id.equals(".") || id.equals("..");
    }

    /**
     * Checks an id.
     *
     * @throws IllegalArgumentException if the id is invalid; the message gives the reason without repeating the id
     */
    public static void check(String id) {
        violation(id).ifPresent(violation -> {
            throw new IllegalArgumentException("The id is invalid: " + violation);
        });
    }

    /** Returns why an id is invalid, without repeating it, or empty if it is valid. */
    public static Optional<String> violation(String id) {
        boolean permitted = id.chars().allMatch(c -> permits((char) c));
        if (id.isEmpty() || id.length() > MAX_LENGTH || !permitted) {
            return Optional.of("an id has 1 to " + MAX_LENGTH + " characters out of letters, digits and - . _ ~ : @ =");
        }
        return isPath(id) ? Optional.of("an id is neither \".\" nor \"..\"") : Optional.empty();
    }
}
