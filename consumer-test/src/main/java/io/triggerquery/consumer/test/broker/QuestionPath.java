package io.triggerquery.consumer.test.broker;

import feign.Client;
import feign.Feign;
import feign.Request;
import feign.Response;
import io.triggerquery.consumer.internal.id.IdConversion;
import io.triggerquery.consumer.internal.query.SourceMethods;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The request path of a method of a source's interface: the text before the ids, between two of them, and after them.
 * It is taken from a request that Feign builds and that is not sent.
 */
record QuestionPath(String before, String between, String after) {

    /** An id of each type, twice. */
    private record Samples(String first, String second) {

        static Samples of(IdConversion conversion) {
            return switch (conversion) {
                case STRING -> new Samples("FIRST-ID", "SECOND-ID");
                case LONG, INTEGER -> new Samples("1111111111", "1222222222");
                case UUID ->
                    new Samples("11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222");
            };
        }
    }

    static QuestionPath byId(SourceMethods methods) {
        IdConversion conversion = methods.idConversion();
        String id = Samples.of(conversion).first();
        String requestPath = requestPath(methods, methods.byId(), conversion.convert(id), id);
        int at = requestPath.indexOf(id);
        return new QuestionPath(requestPath.substring(0, at), "", requestPath.substring(at + id.length()));
    }

    static Optional<QuestionPath> byIds(SourceMethods methods) {
        Method method = methods.byIds();
        if (method == null) {
            return Optional.empty();
        }
        IdConversion conversion = methods.idsConversion();
        Samples ids = Samples.of(conversion);
        List<?> converted = conversion.convertAll(List.of(ids.first(), ids.second()));
        String requestPath = requestPath(methods, method, converted, ids.first());
        int first = requestPath.indexOf(ids.first());
        int second = requestPath.indexOf(ids.second());
        return Optional.of(new QuestionPath(
                requestPath.substring(0, first),
                requestPath.substring(first + ids.first().length(), second),
                requestPath.substring(second + ids.second().length())));
    }

    /** Returns the ids of a request, or empty if the request is of another method. */
    Optional<List<String>> ids(String request) {
        if (!request.startsWith(before)
                || !request.endsWith(after)
                || request.length() <= before.length() + after.length()) {
            return Optional.empty();
        }
        String ids = request.substring(before.length(), request.length() - after.length());
        String[] split = between.isEmpty() ? new String[] {ids} : ids.split(Pattern.quote(between));
        return Optional.of(Arrays.stream(split)
                .map(id -> URLDecoder.decode(id, StandardCharsets.UTF_8))
                .toList());
    }

    private static String requestPath(SourceMethods methods, Method method, Object argument, String id) {
        var client = new RecordingClient();
        Object api = Feign.builder().client(client).target(methods.type(), "http://source");
        try {
            method.invoke(api, argument);
        } catch (InvocationTargetException unanswered) {
            // expected: the client records the request and throws
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException(hidden);
        }
        String url = client.url;
        if (url == null || !url.contains(id)) {
            throw new IllegalArgumentException(method + " does not pass the ids in its address, but requests " + url
                    + ". The scripted HTTP source supports ids in the path or the query string.");
        }
        URI uri = URI.create(url);
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static final class RecordingClient implements Client {

        private @Nullable String url;

        @Override
        public Response execute(Request request, Request.Options options) {
            url = request.url();
            throw new IllegalStateException("The request is recorded, not sent.");
        }
    }
}
