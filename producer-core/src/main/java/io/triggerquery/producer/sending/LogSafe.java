package io.triggerquery.producer.sending;

/** Makes input fit for a log line: short, and without characters that could forge another line. */
public final class LogSafe {

    private static final int LONGEST = 64;

    private LogSafe() {}

    /** The input's beginning, with whatever is not printable ASCII replaced. */
    public static String of(String input) {
        String head = input.length() > LONGEST ? input.substring(0, LONGEST) + "..." : input;
        return head.replaceAll("[^\\x21-\\x7e]", "?");
    }
}
