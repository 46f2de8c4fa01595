package io.triggerquery.consumer.internal.query;

import feign.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** Removes the query string from addresses in messages, since it may contain a key or hundreds of ids. */
final class Addresses {

    /** An address in a text: scheme, user information, host and path, query string. */
    private static final Pattern ADDRESS =
            Pattern.compile("(https?://)(?:[^/?#\\s\"\\]@]*@)?([^?\\s\"\\]]*)(?:\\?[^\\s\"\\]]*)?");

    private Addresses() {}

    /** Removes user information and query strings from the addresses in a text. */
    static String withoutSecrets(String text) {
        return ADDRESS.matcher(text).replaceAll("$1$2");
    }

    static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    /** Returns the host, and the port if there is one, of an absolute address. */
    static String authority(String url) {
        int start = url.indexOf("://") + 3;
        int end = url.indexOf('/', start);
        return withoutQuery(end < 0 ? url.substring(start) : url.substring(start, end));
    }

    /** Returns the request without its query string, headers and body, which must be neither kept nor shown. */
    static Request redacted(Request request) {
        return Request.create(
                request.httpMethod(), withoutQuery(request.url()), Map.of(), null, StandardCharsets.UTF_8, null);
    }
}
