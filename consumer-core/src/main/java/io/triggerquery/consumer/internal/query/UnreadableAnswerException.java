package io.triggerquery.consumer.internal.query;

import feign.Response;
import feign.codec.DecodeException;

/**
 * Thrown when a source answers successfully, but not with a state. The message contains nothing of the answer's
 * content.
 */
public final class UnreadableAnswerException extends DecodeException {

    private final boolean page;

    private UnreadableAnswerException(Response response, String problem, boolean page) {
        super(
                response.status(),
                "The answer of " + Addresses.withoutQuery(response.request().url()) + " " + problem + ".",
                Addresses.redacted(response.request()));
        this.page = page;
    }

    static UnreadableAnswerException of(Response response, String problem) {
        return new UnreadableAnswerException(response, problem, false);
    }

    static UnreadableAnswerException page(Response response) {
        return new UnreadableAnswerException(
                response,
                "is a page, not JSON. It may be a login page, or triggerquery.sources.NAME.url may be wrong",
                true);
    }

    /** Returns whether the answer is an HTML page, which concerns every id. */
    public boolean isPage() {
        return page;
    }
}
