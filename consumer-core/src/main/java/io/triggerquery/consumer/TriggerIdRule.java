package io.triggerquery.consumer;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Checks ids, which become part of URLs, log lines and record keys. An id has 1 to {@value #MAX_LENGTH} characters out
 * of ASCII letters, digits and {@code - . _ ~ : @ =}, and is neither {@code .} nor {@code ..}: none of them can change
 * a request's path or query, break a line, or need to be escaped.
 *
 * <p>A listener may opt for other ids with {@link TriggerQueryListener#unicodeIds()}.
 */
public final class TriggerIdRule {

    /** The maximum length of an id. */
    public static final int MAX_LENGTH = 256;

    private static final String SENTENCE =
            "an id has 1 to " + MAX_LENGTH + " characters out of letters, digits and - . _ ~ : @ =";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
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
        for (int i = 0; i < id.length(); i++) {
            if (!permits(id.charAt(i))) {
                return Optional.of(SENTENCE + "; character " + i + " is " + described(id.codePointAt(i)));
            }
        }
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return Optional.of(SENTENCE);
        }
        return isPath(id) ? Optional.of("an id is neither \".\" nor \"..\"") : Optional.empty();
    }

    /** Returns the character in quotes, or its code if it is not printable ASCII. */
    public static String described(int character) {
        return character > ' ' && character < 0x7F ? "'" + (char) character + "'" : String.format("U+%04X", character);
    }

    /**
     * Returns the id as it is written in log lines, messages and addresses: what this rule does not permit is
     * percent-encoded as UTF-8. Of a permitted id this is the id itself.
     */
    public static String escaped(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (!permits(id.charAt(i))) {
                return encoded(id);
            }
        }
        return id;
    }

    private static String encoded(String id) {
        var encoded = new StringBuilder();
        for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
            if (permits((char) (each & 0xFF))) {
                encoded.append((char) each);
            } else {
                encoded.append('%').append(HEX.toHexDigits(each));
            }
        }
        return encoded.toString();
    }
}
