package io.triggerquery.consumer.internal.query;

import feign.Response;
import feign.codec.Decoder;
import feign.jackson3.Jackson3Decoder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads answers from their bytes: Feign makes characters of them first, which takes a fifth longer, and replaces in
 * silence what is no character. What has no content, another status than 200 or another charset than JSON's is left to
 * Feign.
 *
 * <p>Threads: any. Failure: {@link UnreadableAnswerException}, also for bytes that are no UTF-8; it has no cause, since
 * Jackson's exceptions hold and quote what they could not read.
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
        if (isCompressed(response)) {
            throw UnreadableAnswerException.of(
                    response,
                    "is compressed (" + header(response, "Content-Encoding")
                            + "), although none but 'identity' was asked for; switch that off at the source");
        }
        String contentType = contentType(response);
        if (contentType.endsWith("html") || contentType.endsWith("html+xml") || contentType.endsWith("/xhtml+xml")) {
            throw UnreadableAnswerException.page(response);
        }
        try {
            return read(response, type);
        } catch (JacksonException unreadable) {
            throw unreadable(response, type, contentType, unreadable);
        }
    }

    private @Nullable Object read(Response response, Type type) throws IOException {
        Response.Body body = response.body();
        boolean content = response.status() == OK && body != null && body.length() != null && body.length() > 0;
        return content && response.charset().equals(StandardCharsets.UTF_8)
                ? json.readValue(body.asInputStream(), json.constructType(type))
                : feign.decode(response, type);
    }

    private static UnreadableAnswerException unreadable(
            Response response, Type type, String contentType, JacksonException failure) throws IOException {
        if (startsLikeAPage(response)) {
            return UnreadableAnswerException.page(response);
        }
        String what = contentType.isEmpty() || contentType.endsWith("json")
                ? "is no " + type.getTypeName() + " as JSON in UTF-8"
                : "is " + contentType + ", not JSON";
        return UnreadableAnswerException.of(response, what + ", see " + place(failure));
    }

    private static boolean startsLikeAPage(Response response) throws IOException {
        if (response.body() == null || !response.body().isRepeatable()) {
            return false;
        }
        try (InputStream body = response.body().asInputStream()) {
            int first = body.read();
            while (first >= 0 && first <= ' ') {
                first = body.read();
            }
            return first == '<';
        }
    }

    private static String place(JacksonException failure) {
        String property = failure.getPathReference();
        return property == null || property.isEmpty()
                ? "line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr()
                : property;
    }

    /** Whether the answer is encoded in a way that was not asked for. */
    static boolean isCompressed(Response response) {
        String encoding = header(response, "Content-Encoding");
        return !encoding.isBlank() && !encoding.equalsIgnoreCase("identity");
    }

    private static String contentType(Response response) {
        String type = header(response, "Content-Type");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private static String header(Response response, String name) {
        Collection<String> values = response.headers().get(name);
        return values == null || values.isEmpty() ? "" : values.iterator().next();
    }
}
