package io.triggerquery.consumer.query;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads an answer's body up to a limit, and refuses a longer one before it can fill the memory. */
final class AnswerLimit implements Client {

    private final Client client;
    private final int maxBytes;

    AnswerLimit(Client client, int maxBytes) {
        this.client = client;
        this.maxBytes = maxBytes;
    }

    @Override
    public Response execute(Request request, Request.Options options) throws IOException {
        Response response = client.execute(request, options);
        Response.@Nullable Body body = response.body();
        if (body == null) {
            return response;
        }
        try (InputStream in = body.asInputStream()) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                response.close();
                throw new AnswerTooLargeException(request.url(), maxBytes);
            }
            return response.toBuilder().body(bytes).build();
        }
    }
}
