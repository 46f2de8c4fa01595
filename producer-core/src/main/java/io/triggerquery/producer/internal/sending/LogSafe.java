package io.triggerquery.producer.internal.sending;

/** Makes input fit for a log line: short, without characters that could forge another line. */
public final class LogSafe {

    private static final int LONGEST = 64;
    private static final int LONGEST_SENTENCE = 500;

    private LogSafe() {}

    /** The input's beginning, with whatever is not printable ASCII replaced, spaces too. */
    public static String of(String input) {
        return head(input, LONGEST).replaceAll("[^\\x21-\\x7e]", "?");
    }

    /** The beginning of a sentence that quotes something, with whatever is not printable ASCII replaced. */
    public static String sentence(String input) {
        return head(input, LONGEST_SENTENCE).replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static String head(String input, int longest) {
        return input.length() > longest ? input.substring(0, longest) + "..." : input;
    }
}
