package io.triggerquery.consumer.internal.query;

import feign.Response;
import feign.codec.DecodeException;

/**
 * Thrown when a source answers successfully, but not with a state. The message has nothing of what it sent instead.
 */
public final class UnreadableAnswerException extends DecodeException {

    private final boolean page;

    private UnreadableAnswerException(Response response, String what, boolean page) {
        super(
                response.status(),
                "the answer of " + Addresses.withoutQuery(response.request().url()) + " " + what,
                Addresses.bare(response.request()));
        this.page = page;
    }

    static UnreadableAnswerException of(Response response, String what) {
        return new UnreadableAnswerException(response, what, false);
    }

    static UnreadableAnswerException page(Response response) {
        return new UnreadableAnswerException(
                response,
                "is a page, not JSON: one to sign in perhaps, or triggerquery.sources.NAME.url is wrong",
                true);
    }

    /** Whether it is a page for people, which no id can be blamed for. */
    public boolean isPage() {
        return page;
    }
}
