package io.triggerquery.consumer.internal.query;

import feign.FeignException;
import feign.Response;
import feign.codec.ErrorDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Creates an exception from an unsuccessful answer, by its status alone. Feign's own decoder makes any answer with the
 * header {@code Retry-After} retryable.
 *
 * <p>Threads: any.
 *
 * @param sourceName the name of the source
 */
record ErrorAnswers(String sourceName) implements ErrorDecoder {

    @Override
    public FeignException decode(String methodKey, Response response) {
        Response.Builder shown = response.toBuilder().request(Addresses.redacted(response.request()));
        if (response.status() < 400 && response.headers().containsKey("Location")) {
            shown.body(
                    "This redirect is not followed; see triggerquery.sources." + sourceName + ".follow-redirects.",
                    StandardCharsets.UTF_8);
        } else if (AnswerDecoder.isCompressed(response)) {
            shown.body("", StandardCharsets.UTF_8);
        }
        return FeignException.errorStatus(methodKey, shown.build());
    }
}
