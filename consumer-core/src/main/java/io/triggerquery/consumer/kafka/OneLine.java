package io.triggerquery.consumer.kafka;

/** What a failure said, fit for a header: messages may quote what a remote service sent. */
final class OneLine {

    private static final int MAX_LENGTH = 500;

    private OneLine() {}

    static String of(Throwable failure) {
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        String shortened = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
        return shortened.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
    }
}
