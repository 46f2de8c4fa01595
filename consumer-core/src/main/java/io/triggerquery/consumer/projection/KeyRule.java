package io.triggerquery.consumer.projection;

import java.util.regex.Pattern;

/** Checks the columns of the table's key. */
final class KeyRule {

    static final int MAX_LENGTH = 256;

    private static final Pattern ALLOWED = Pattern.compile("[!-~]{1," + MAX_LENGTH + "}");

    private KeyRule() {}

    static String checkProjection(String name) {
        return check("A projection's name", name);
    }

    static String checkId(String id) {
        return check("An id", id);
    }

    // the message does not contain the text, which may be long or contain line breaks
    private static String check(String what, String text) {
        if (!ALLOWED.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    what + " has 1 to " + MAX_LENGTH + " ASCII characters and no blanks; this one has " + text.length()
                            + " characters" + (text.length() > MAX_LENGTH ? "" : ", not all of them allowed"));
        }
        return text;
    }
}
