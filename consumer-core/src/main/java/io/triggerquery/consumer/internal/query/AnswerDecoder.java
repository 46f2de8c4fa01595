package io.triggerquery.consumer.internal.query;

import feign.Response;
import feign.Util;
import feign.codec.Decoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackReader;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decodes answers from their bytes, if they are in UTF-8: to decode them to characters first takes a fifth longer, and
 * silently replaces malformed bytes. An answer 204 or 404 is decoded as Feign's own decoders do, as the empty value of
 * its type.
 *
 * <p>Threads: any. Failure: {@link UnreadableAnswerException}, also for bytes that are not valid UTF-8. It has no
 * cause, since Jackson's exceptions contain and quote the content.
 *
 * @param json reads the states
 */
record AnswerDecoder(JsonMapper json) implements Decoder {

    @Override
    public @Nullable Object decode(Response response, Type type) throws IOException {
        failIfCompressed(response);
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
        if (response.status() == Statuses.NO_CONTENT || response.status() == Statuses.NOT_FOUND) {
            return Util.emptyValueOf(type);
        }
        Response.Body body = response.body();
        if (body == null) {
            return null;
        }
        if (response.charset().equals(StandardCharsets.UTF_8) && body.length() != null && body.length() > 0) {
            return json.readValue(body.asInputStream(), json.constructType(type));
        }
        try (PushbackReader text = new PushbackReader(body.asReader(response.charset()))) {
            int first = text.read();
            if (first < 0) {
                return null;
            }
            text.unread(first);
            return json.readValue(text, json.constructType(type));
        }
    }

    private static UnreadableAnswerException unreadable(
            Response response, Type type, String contentType, JacksonException failure) throws IOException {
        if (startsWithMarkup(response)) {
            return UnreadableAnswerException.page(response);
        }
        String problem = contentType.isEmpty() || contentType.endsWith("json")
                ? "cannot be read as a " + type.getTypeName() + " from JSON in UTF-8"
                : "is " + contentType + ", not JSON";
        return UnreadableAnswerException.of(response, problem + ", at " + location(failure));
    }

    private static boolean startsWithMarkup(Response response) throws IOException {
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

    private static String location(JacksonException failure) {
        String property = failure.getPathReference();
        return property == null || property.isEmpty()
                ? "line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr()
                : property;
    }

    static void failIfCompressed(Response response) {
        if (isCompressed(response)) {
            throw UnreadableAnswerException.of(
                    response,
                    "is compressed (" + header(response, "Content-Encoding")
                            + "), although the request accepts 'identity' only; switch compression off at the source");
        }
    }

    /** Returns whether the answer is compressed, which the request does not accept. */
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
