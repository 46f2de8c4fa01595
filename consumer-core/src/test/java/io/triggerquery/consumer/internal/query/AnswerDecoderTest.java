package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Request;
import feign.Request.HttpMethod;
import feign.Response;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Decodes bytes, characters and empty bodies. */
class AnswerDecoderTest {

    record Thing(String id) {}

    private static final String ZOE = "{\"id\":\"Zo\u00eb\"}";

    private final AnswerDecoder decoder = new AnswerDecoder(JsonMapper.shared());

    private static Response answer(int status, String contentType, byte @Nullable [] body) {
        return Response.builder()
                .status(status)
                .request(Request.create(HttpMethod.GET, "/", Map.of(), null, StandardCharsets.UTF_8, null))
                .headers(Map.<String, Collection<String>>of("Content-Type", List.of(contentType)))
                .body(body)
                .build();
    }

    private Object read(String contentType, Charset charset) throws IOException {
        return decoder.decode(answer(200, contentType, ZOE.getBytes(charset)), Thing.class);
    }

    @Test
    void readsBodyOfSource() throws IOException {
        Thing zoe = new Thing("Zo\u00eb");
        assertThat(read("application/json", StandardCharsets.UTF_8)).isEqualTo(zoe);
        assertThat(read("application/json; charset=utf-8", StandardCharsets.UTF_8))
                .isEqualTo(zoe);
        assertThat(read("application/json; charset=ISO-8859-1", StandardCharsets.ISO_8859_1))
                .isEqualTo(zoe);
    }

    @Test
    void readsOtherCharsetsAsCharacters() throws IOException {
        assertThat(decoder.decode(
                        answer(200, "application/json; charset=ISO-8859-1", ZOE.getBytes(StandardCharsets.ISO_8859_1)),
                        Thing.class))
                .isEqualTo(new Thing("Zo\u00eb"));
        assertThat(decoder.decode(answer(200, "text/plain; charset=ISO-8859-1", new byte[0]), Thing.class))
                .isNull();
    }

    @Test
    void returnsEmptyValueForAnswerWithoutState() throws IOException {
        byte[] zoe = ZOE.getBytes(StandardCharsets.UTF_8);
        assertThat(decoder.decode(answer(404, "application/json", zoe), Thing.class))
                .isNull();
        assertThat(decoder.decode(answer(404, "application/json", zoe), Optional.class))
                .isEqualTo(Optional.empty());
        assertThat(decoder.decode(answer(204, "application/json", null), List.class))
                .isEqualTo(List.of());
        assertThat(decoder.decode(answer(200, "application/json", null), Thing.class))
                .isNull();
    }

    @Test
    void returnsNullForEmptyBody() throws IOException {
        assertThat(decoder.decode(answer(200, "application/json", new byte[0]), Thing.class))
                .isNull();
        assertThat(decoder.decode(answer(204, "application/json", new byte[0]), Thing.class))
                .isNull();
    }

    @Test
    void errorNamesTypeThatCannotBeRead() {
        assertThatThrownBy(() -> decoder.decode(answer(200, "application/json", "{".getBytes()), Thing.class))
                .isInstanceOf(UnreadableAnswerException.class);
        assertThatThrownBy(() -> read("application/json", StandardCharsets.ISO_8859_1))
                .as("no character is silently replaced")
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessageContaining("UTF-8");
    }
}
