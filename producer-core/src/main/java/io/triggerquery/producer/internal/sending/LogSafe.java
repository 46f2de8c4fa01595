package io.triggerquery.producer.internal.sending;

/** Makes input safe for a log line: short, without characters that could forge another line. */
public final class LogSafe {

    private static final int MAX_LENGTH = 64;
    private static final int MAX_SENTENCE_LENGTH = 500;

    private LogSafe() {}

    /**
     * Returns the first 64 characters of the input; replaces spaces and all characters that are not printable ASCII.
     */
    public static String of(String input) {
        return head(input, MAX_LENGTH).replaceAll("[^\\x21-\\x7e]", "?");
    }

    /** Returns the first 500 characters of a sentence; replaces all characters that are not printable ASCII. */
    public static String sentence(String input) {
        return head(input, MAX_SENTENCE_LENGTH).replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static String head(String input, int maxLength) {
        return input.length() > maxLength ? input.substring(0, maxLength) + "..." : input;
    }
}
