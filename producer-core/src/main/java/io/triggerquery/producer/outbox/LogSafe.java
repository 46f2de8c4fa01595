package io.triggerquery.producer.outbox;

/** Makes input fit for a log line: short, and without characters that could forge another line. */
final class LogSafe {

    private static final int LONGEST = 64;

    private LogSafe() {}

    static String of(String input) {
        String head = input.length() > LONGEST ? input.substring(0, LONGEST) + "..." : input;
        return head.replaceAll("[^\\x21-\\x7e]", "?");
    }
}
