package io.triggerquery.consumer.projection;

import io.triggerquery.consumer.internal.id.IdRule;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the columns of the table's key. */
final class KeyRule {

    static final int MAX_LENGTH = 256;

    private static final Pattern ALLOWED = Pattern.compile("[!-~]{1," + MAX_LENGTH + "}");
    private static final IdRule TEXT = new IdRule(true, Set.of());

    private KeyRule() {}

    static String checkProjection(String name) {
        if (!isPlain(name)) {
            throw invalid("A projection's name", "ASCII characters and no blanks", name);
        }
        return name;
    }

    static String checkId(String id) {
        if (!isPlain(id) && TEXT.violation(id) != null) {
            throw invalid("An id", "bytes of UTF-8 and no control, format or line separator characters", id);
        }
        return id;
    }

    private static boolean isPlain(String text) {
        return ALLOWED.matcher(text).matches();
    }

    // the message does not contain the text, which may be long or contain line breaks
    private static IllegalArgumentException invalid(String what, String rule, String text) {
        return new IllegalArgumentException(what + " has 1 to " + MAX_LENGTH + " " + rule + "; this one has "
                + text.length() + " characters" + (text.length() > MAX_LENGTH ? "" : ", not all of them allowed"));
    }
}
