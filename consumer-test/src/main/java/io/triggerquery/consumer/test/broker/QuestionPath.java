package io.triggerquery.consumer.test.broker;

import feign.Client;
import feign.Feign;
import feign.Request;
import feign.Response;
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
 * How a method of a source's interface asks: the text before the ids, between two of them, and after them. Learnt from
 * Feign itself, which is made to ask once and not heard.
 */
record QuestionPath(String before, String between, String after) {

    private static final String FIRST = "FIRST-ID";
    private static final String SECOND = "SECOND-ID";

    static QuestionPath byId(SourceMethods methods) {
        String asked = asked(methods, methods.byId(), FIRST);
        int at = asked.indexOf(FIRST);
        return new QuestionPath(asked.substring(0, at), "", asked.substring(at + FIRST.length()));
    }

    static Optional<QuestionPath> byIds(SourceMethods methods) {
        Method method = methods.byIds();
        if (method == null) {
            return Optional.empty();
        }
        String asked = asked(methods, method, List.of(FIRST, SECOND));
        int first = asked.indexOf(FIRST);
        int second = asked.indexOf(SECOND);
        return Optional.of(new QuestionPath(
                asked.substring(0, first),
                asked.substring(first + FIRST.length(), second),
                asked.substring(second + SECOND.length())));
    }

    /** The ids that a request asks for, or empty if it asks for something else. */
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

    private static String asked(SourceMethods methods, Method method, Object argument) {
        var listener = new Listening();
        Object client = Feign.builder().client(listener).target(methods.type(), "http://source");
        try {
            method.invoke(client, argument);
        } catch (InvocationTargetException unanswered) {
            // as meant
        } catch (IllegalAccessException hidden) {
            throw new IllegalStateException(hidden);
        }
        String url = listener.url;
        if (url == null || !url.contains(FIRST)) {
            throw new IllegalArgumentException(method + " does not ask by its address, but with " + url
                    + "; the scripted HTTP source understands ids in the path or the query");
        }
        URI uri = URI.create(url);
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static final class Listening implements Client {

        private @Nullable String url;

        @Override
        public Response execute(Request request, Request.Options options) {
            url = request.url();
            throw new IllegalStateException("nobody answers");
        }
    }
}
