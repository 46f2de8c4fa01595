package io.triggerquery.consumer.query;

import feign.Response;
import feign.codec.Decoder;
import feign.jackson3.Jackson3Decoder;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads answers from their bytes: Feign makes characters of them first, which takes a fifth longer, and replaces in
 * silence what is no character. What has no content, another status than 200 or another charset than JSON's is left to
 * Feign.
 *
 * <p>Threads: any. Failure: Jackson's, also for bytes that are no UTF-8.
 *
 * @param json reads the states
 * @param feign Feign's own decoder
 */
record AnswerDecoder(JsonMapper json, Decoder feign) implements Decoder {

    private static final int OK = 200;

    AnswerDecoder(JsonMapper json) {
        this(json, new Jackson3Decoder(json));
    }

    @Override
    public @Nullable Object decode(Response response, Type type) throws IOException {
        Response.Body body = response.body();
        boolean content = response.status() == OK && body != null && body.length() != null && body.length() > 0;
        return content && response.charset().equals(StandardCharsets.UTF_8)
                ? json.readValue(body.asInputStream(), json.constructType(type))
                : feign.decode(response, type);
    }
}
