package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.internal.failure.Causes;
import io.triggerquery.consumer.internal.failure.DatabaseMessages;

/** Recognizes Jackson's exceptions. Those of Jackson 2, which is no dependency, are {@code IOException}s. */
final class Unreadable {

    private static final String MARKUP = "Unexpected character ('<'";

    private Unreadable() {}

    static boolean isOfJackson(Throwable failure) {
        String type = failure.getClass().getName();
        return type.startsWith("tools.jackson.") || type.startsWith("com.fasterxml.jackson.");
    }

    /** Returns whether the content began with markup, of which Jackson says no more than that. */
    static boolean startsWithMarkup(Throwable failure) {
        String message = failure.getMessage();
        return isOfJackson(failure) && message != null && message.startsWith(MARKUP);
    }

    /** Returns a failure's text without what Jackson quotes of the content, as the first line of its own message. */
    static String withoutContent(Throwable failure) {
        String text = DatabaseMessages.describe(failure);
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < Causes.MAX_DEPTH; depth++) {
            String quoting = isOfJackson(cause) ? String.valueOf(cause.getMessage()) : "";
            int end = quoting.indexOf('\n');
            String first = end < 0 ? quoting : quoting.substring(0, end);
            text = first.isEmpty() ? text : text.replace(first, "unreadable content");
            cause = cause.getCause();
        }
        return text;
    }
}
