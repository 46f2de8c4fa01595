package io.triggerquery.consumer.resync;

/** What failed, for a log: it may quote what a remote service sent, so no line breaks and no escape sequences. */
final class OneLine {

    private static final int MAX_LENGTH = 500;

    private OneLine() {}

    static String of(Throwable cause) {
        String text = String.valueOf(cause);
        String shortened = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
        return shortened.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
    }
}
