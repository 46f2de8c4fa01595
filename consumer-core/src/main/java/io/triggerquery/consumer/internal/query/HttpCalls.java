package io.triggerquery.consumer.internal.query;

import feign.AsyncClient;
import feign.Request;
import feign.Response;
import io.triggerquery.consumer.internal.failure.MemoryWatch;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;

/**
 * Executes Feign's calls with Apache HttpClient, and closes the connection of an answer that is too long or takes too
 * long. Feign's own client for Apache HttpClient limits neither.
 *
 * <p>Threads: any; returns immediately. Bounds: one call at a time per connection of the HTTP client; further calls
 * wait for a connection. Failure: a {@link feign.RetryableException} without the request's headers and query string,
 * or {@link AnswerTooLargeException}.
 *
 * @param http holds the connections
 * @param source the scheme, host and port of the source; addresses that begin with them are not parsed
 * @param access adds what the settings of the source say
 * @param limits the limits of each call
 */
record HttpCalls(ReplaceableClient http, HttpHost source, RequestAccess access, Limits limits)
        implements AsyncClient<Object> {

    /**
     * The limits of a call.
     *
     * @param settings the maximum duration, and the maximum size of the answer
     * @param maxErrorBytes how many bytes of the body of an unsuccessful answer are kept at most
     * @param budget the memory for answers
     * @param timer ends calls that take too long
     * @param memory records a lack of memory
     */
    record Limits(
            SourceSettings.Limits settings,
            int maxErrorBytes,
            AnswerBudget budget,
            ScheduledExecutorService timer,
            MemoryWatch memory) {}

    @Override
    public CompletableFuture<Response> execute(Request request, Request.Options options, Optional<Object> context) {
        var answer = new HttpAnswer(request, limits);
        Future<?> exchange = http.get().execute(producer(request), answer, access.context(), answer);
        answer.future().whenComplete((response, failure) -> {
            if (failure != null) {
                exchange.cancel(true);
            }
        });
        return answer.future();
    }

    private AsyncRequestProducer producer(Request request) {
        AsyncRequestBuilder builder =
                requestBuilder(source, request.httpMethod().name(), request.url());
        request.headers().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH) // the HTTP client adds it
                    && !access.replaces(name)) {
                values.forEach(value -> builder.addHeader(name, value));
            }
        });
        access.addTo(builder);
        addUnlessSet(builder, HttpHeaders.ACCEPT, "*/*");
        addUnlessSet(builder, HttpHeaders.ACCEPT_ENCODING, "identity"); // without it, any encoding would be acceptable
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

    /** Splits an address without parsing it, since addresses with ids are long. */
    static AsyncRequestBuilder requestBuilder(HttpHost source, String method, String url) {
        AsyncRequestBuilder builder = AsyncRequestBuilder.create(method);
        String origin = source.toURI();
        return url.startsWith(origin + "/") && url.indexOf('#') < 0
                ? builder.setHttpHost(source).setPath(url.substring(origin.length()))
                : builder.setUri(url);
    }
}
