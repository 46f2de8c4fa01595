package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Param;
import feign.RequestLine;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.spi.HttpClientCustomizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The query string reaches the source, although the HTTP client's protocol handler does not see it. */
class HiddenQueryTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ADDRESS = "/things?id=a&of=%26";
    private static final String THING =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n" + "{\"id\":\"a\"}";

    @Source("things")
    interface Things {

        @RequestLine("GET /things?id={id}&of=%26")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id) {}

    private RawServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RawServer();
        server.on(ADDRESS, THING);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void ask(List<HttpClientCustomizer> customizers, SourceAccess.@Nullable Proxy proxy) throws Exception {
        try (var sources = new Sources(
                CircuitBreakerRegistry.ofDefaults(),
                Sources.Feign.plain(),
                new HttpParts(null, customizers),
                new Failures(List.of()))) {
            Query<Object> query = sources.query(
                    SourceMethods.of(Things.class),
                    server.url(),
                    new SourceSettings(
                            server.url(),
                            new SourceSettings.Limits(LIMIT, LIMIT, 10_000),
                            new SourceSettings.Protection(LIMIT, 4, 10),
                            true,
                            new SourceAccess(Map.of(), null, null, proxy, List.of())));
            assertThat(query.ask(List.of("a"), 1).toCompletableFuture().get()).isInstanceOf(Answer.Given.class);
        }
    }

    @Test
    void directCallSendsQueryString() throws Exception {
        ask(List.of(), null);
        assertThat(server.requests.remove()).startsWith("GET " + ADDRESS + " HTTP/1.1");
    }

    @Test
    void redirectedCallSendsQueryStringOfNewAddress() throws Exception {
        server.on(ADDRESS, redirect("/things/b?at=c"));
        server.on("/things/b?at=c", redirect("/things/d"));
        server.on("/things/d", THING);
        ask(List.of(), null);
        assertThat(server.requests.remove()).startsWith("GET " + ADDRESS + " HTTP/1.1");
        assertThat(server.requests.remove()).startsWith("GET /things/b?at=c HTTP/1.1");
        assertThat(server.requests.remove()).startsWith("GET /things/d HTTP/1.1");
    }

    @Test
    void callThroughProxySendsQueryString() throws Exception {
        try (var proxy = new TestProxy()) {
            ask(List.of(), new SourceAccess.Proxy("127.0.0.1", proxy.port(), null, null));
            assertThat(proxy.requests.remove()).startsWith("GET " + server.url() + ADDRESS + " HTTP/1.1");
        }
    }

    @Test
    void applicationInterceptorSeesQueryString() throws Exception {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        ask(
                List.of((source, client) ->
                        client.addRequestInterceptorLast((request, body, context) -> seen.add(request.getPath()))),
                null);
        assertThat(seen).containsExactly(ADDRESS);
    }

    private static String redirect(String location) {
        return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
    }
}
