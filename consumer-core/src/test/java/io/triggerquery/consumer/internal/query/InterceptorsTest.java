package io.triggerquery.consumer.internal.query;

import static io.triggerquery.consumer.internal.query.RawServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Param;
import feign.RequestInterceptor;
import feign.RequestLine;
import feign.auth.BasicAuthRequestInterceptor;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Query;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import tools.jackson.databind.json.JsonMapper;

/** The application's request interceptors, over real connections, and interfaces that share a source. */
@Timeout(60)
class InterceptorsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Source(value = "things", id = "id")
    interface Things {

        @RequestLine("GET /things/{id}")
        Thing byId(@Param("id") String id);

        @RequestLine("GET /things?ids={ids}")
        List<Thing> byIds(@Param("ids") List<String> ids);
    }

    @Source(value = "things", shared = true)
    interface Shared {

        @RequestLine("GET /shared/{id}")
        Thing byId(@Param("id") String id);
    }

    @Source(value = "things", shared = true)
    interface SharedToo {

        @RequestLine("GET /too/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id) {}

    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Sources sources(RequestInterceptor... interceptors) {
        return new Sources(
                CircuitBreakerRegistry.ofDefaults(),
                new Sources.Feign(
                        JsonMapper.shared(),
                        List.of(),
                        Interceptors.forAll(List.of(interceptors)),
                        () -> Runnable::run),
                new Failures(List.of()));
    }

    private Query<Object> query(Sources sources, Class<?> type) {
        return sources.query(
                SourceMethods.of(type),
                server.url(),
                new SourceSettings(
                        server.url(),
                        new SourceSettings.Limits(LIMIT, LIMIT, 10_000),
                        new SourceSettings.Protection(LIMIT, 4, 10)));
    }

    @Test
    void areAppliedToEachCallInOrder() throws Exception {
        server.on("/things?ids=a&ids=b&signed=true", answer("200 OK", "[]"));
        RequestInterceptor first = template -> template.header("X-Order", "first");
        RequestInterceptor second = template -> {
            template.header("X-Order", "second");
            if (template.url().contains("ids=")) { // like an interceptor that signs the address
                template.query("signed", "true");
            }
        };
        try (Sources sources = sources(new BasicAuthRequestInterceptor("alice", "s3cret"), first, second)) {
            Query<Object> query = query(sources, Things.class);
            query.ask(List.of("a"), 1).toCompletableFuture().get();
            query.ask(List.of("a", "b"), 1).toCompletableFuture().get();
        }
        assertThat(server.requests)
                .hasSize(2)
                .allSatisfy(request -> assertThat(request)
                        .contains("Authorization: Basic YWxpY2U6czNjcmV0")
                        .containsSubsequence("X-Order: first", "X-Order: second"));
        assertThat(server.requests.remove()).startsWith("GET /things/a HTTP");
        assertThat(server.requests.remove()).startsWith("GET /things?ids=a&ids=b&signed=true HTTP");
    }

    @Test
    void failingInterceptorFailsTheCall() {
        try (Sources sources = sources(template -> {
            throw new IllegalStateException("no token");
        })) {
            assertThatThrownBy(() -> query(sources, Things.class)
                            .ask(List.of("a"), 1)
                            .toCompletableFuture()
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("no token");
        }
        assertThat(server.requests).isEmpty();
    }

    @Test
    void interfacesShareSourceIfAllDeclareIt() throws Exception {
        try (Sources sources = sources()) {
            query(sources, Shared.class)
                    .ask(List.of("a"), 0)
                    .toCompletableFuture()
                    .get();
            query(sources, SharedToo.class)
                    .ask(List.of("a"), 0)
                    .toCompletableFuture()
                    .get();
            query(sources, Shared.class);
            assertThatThrownBy(() -> query(sources, Things.class)).isInstanceOf(FailureAnalyzedException.class);
        }
        assertThat(server.connections).as("one client").hasValue(1);
    }
}
