package io.triggerquery.consumer.internal.query;

import feign.AsyncClient;
import feign.Request;
import feign.Response;
import io.triggerquery.consumer.internal.failure.MemoryWatch;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;

/**
 * Executes Feign's calls with Apache HttpClient, and closes the connection of an answer that is too long or takes too
 * long. Feign's own such client has no bound for either.
 *
 * <p>Threads: any; returns at once. Bounds: as many calls at once as the HTTP client has connections, others wait for
 * one. Failure: an {@link java.io.IOException}, or {@link AnswerTooLargeException}.
 *
 * @param http holds the connections
 * @param source the host and port whose addresses need no parsing
 * @param limits for each call
 */
record HttpCalls(ReplaceableClient http, HttpHost source, Limits limits) implements AsyncClient<Object> {

    /**
     * What bounds a call.
     *
     * @param settings how long it may take and how much it may bring
     * @param budget the memory for what calls bring
     * @param timer ends what takes too long
     * @param memory remembers that there was none left
     */
    record Limits(
            SourceSettings.Limits settings, AnswerBudget budget, ScheduledExecutorService timer, MemoryWatch memory) {}

    @Override
    public CompletableFuture<Response> execute(Request request, Request.Options options, Optional<Object> context) {
        var answer = new HttpAnswer(request, limits);
        Future<?> exchange = http.get().execute(producer(request), answer, HttpClientContext.create(), answer);
        answer.future().whenComplete((response, failure) -> {
            if (failure != null) {
                exchange.cancel(true);
            }
        });
        return answer.future();
    }

    private AsyncRequestProducer producer(Request request) {
        AsyncRequestBuilder builder = addressed(source, request.httpMethod().name(), request.url());
        request.headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)) { // the HTTP client says it by itself
                values.forEach(value -> builder.addHeader(name, value));
            }
        });
        addUnlessSet(builder, HttpHeaders.ACCEPT, "*/*");
        addUnlessSet(builder, HttpHeaders.ACCEPT_ENCODING, "identity"); // without it, any encoding would be right
        if (request.body() != null) {
            builder.setEntity(request.body(), null);
        }
        return builder.build();
    }

    private static void addUnlessSet(AsyncRequestBuilder builder, String name, String value) {
        if (builder.getFirstHeader(name) == null) {
            builder.addHeader(name, value);
        }
    }

    /** Takes an address apart without parsing it, since those by ids are long. */
    static AsyncRequestBuilder addressed(HttpHost source, String method, String url) {
        AsyncRequestBuilder builder = AsyncRequestBuilder.create(method);
        String origin = source.toURI();
        return url.startsWith(origin + "/") && url.indexOf('#') < 0
                ? builder.setHttpHost(source).setPath(url.substring(origin.length()))
                : builder.setUri(url);
    }
}
