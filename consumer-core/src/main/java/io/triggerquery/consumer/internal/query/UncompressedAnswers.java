package io.triggerquery.consumer.internal.query;

import feign.Response;
import feign.codec.Decoder;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Passes answers to a decoder of the application, unless they are compressed: the HTTP client does not accept that, and
 * does not decompress them.
 *
 * @param decoder the application's decoder
 */
record UncompressedAnswers(Decoder decoder) implements Decoder {

    @Override
    public @Nullable Object decode(Response response, Type type) throws IOException {
        AnswerDecoder.failIfCompressed(response);
        return decoder.decode(response, type);
    }
}
