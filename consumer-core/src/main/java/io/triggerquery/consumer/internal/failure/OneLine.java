package io.triggerquery.consumer.internal.failure;

/** Shortens text from remote services to one line without control characters. */
public final class OneLine {

    private static final int MAX_LENGTH = 500;

    private OneLine() {}

    /** Returns the text of a cause or another value. */
    public static String of(Object value) {
        String text = value instanceof Throwable failure ? DatabaseMessages.describe(failure) : String.valueOf(value);
        String shortened = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
        return shortened.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    }
}
