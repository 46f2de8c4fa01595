package io.triggerquery.consumer.internal.query;

import feign.RequestTemplate;
import feign.codec.EncodeException;
import feign.codec.Encoder;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes the bodies of requests as JSON. Feign's own encoder for this version of Jackson needs a newer Feign than the
 * BOM of Spring Cloud brings.
 *
 * @param json writes the bodies
 */
record JsonEncoder(JsonMapper json) implements Encoder {

    @Override
    public void encode(Object body, Type type, RequestTemplate template) {
        try {
            template.body(json.writerFor(json.constructType(type)).writeValueAsBytes(body), StandardCharsets.UTF_8);
        } catch (JacksonException unwritable) {
            throw new EncodeException(unwritable.getMessage(), unwritable);
        }
    }
}
