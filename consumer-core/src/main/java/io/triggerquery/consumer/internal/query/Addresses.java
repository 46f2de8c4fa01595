package io.triggerquery.consumer.internal.query;

import feign.Request;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Shortens addresses for messages: the query string may contain a key or hundreds of ids. */
final class Addresses {

    private Addresses() {}

    static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    /** A request without what should not be kept or shown: query, headers and body. */
    static Request bare(Request request) {
        return Request.create(
                request.httpMethod(), withoutQuery(request.url()), Map.of(), null, StandardCharsets.UTF_8, null);
    }
}
