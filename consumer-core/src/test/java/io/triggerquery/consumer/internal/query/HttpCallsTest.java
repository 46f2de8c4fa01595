package io.triggerquery.consumer.internal.query;

import static io.triggerquery.consumer.internal.query.RawServer.answer;
import static io.triggerquery.consumer.internal.query.RawServer.thing;
import static io.triggerquery.consumer.internal.query.RawServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import feign.FeignException;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import feign.RetryableException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP calls and all kinds of answers, over real connections. */
@Timeout(60)
class HttpCallsTest {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(30);

    @Source(value = "things", id = "id")
    interface Things {

        @RequestLine("GET /things/{id}")
        Thing byId(@Param("id") String id);

        @RequestLine("POST /things")
        @Headers("Content-Type: application/json")
        List<Thing> byIds(List<String> ids);
    }

    record Thing(String id) {}

    private RawServer server;
    private Sources sources;
    private Query<Object> query;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
        sources = new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), new Failures(List.of()));
        query = sources.query(SourceMethods.of(Things.class), server.url(), settings(64, LONG));
    }

    private SourceSettings settings(int maxCalls, Duration timeout) {
        return new SourceSettings(
                server.url(),
                new SourceSettings.Limits(timeout, timeout, 10_000),
                new SourceSettings.Protection(SHORT, maxCalls, 10));
    }

    @AfterEach
    void stop() throws IOException {
        sources.close();
        server.close();
    }

    private void finds(String id) throws Exception {
        assertThat(ask(id, 0))
                .isEqualTo(
                        new Answer.Given<>(Map.of(id, new Snapshot.Found<>(id, new Thing(id), OptionalLong.empty()))));
    }

    private Answer<Object> ask(String id, int unanswered) throws Exception {
        try {
            return query.ask(List.of(id), unanswered).toCompletableFuture().get();
        } catch (ExecutionException failed) {
            throw (Exception) failed.getCause();
        }
    }

    /** Makes one call without the short retry. */
    private void fails(String id, Class<? extends Throwable> how) {
        assertThatThrownBy(() -> ask(id, 1)).isInstanceOf(how);
    }

    @Test
    void keepsConnection() throws Exception {
        for (int call = 0; call < 20; call++) {
            finds("thing-" + call);
        }
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void concurrentCallsBlockNoThread() throws Exception {
        var every = new CountDownLatch(64);
        List<CompletableFuture<Answer<Object>>> answers = new ArrayList<>();
        for (int call = 0; call < 64; call++) {
            String id = "thing-" + call;
            server.on("/things/" + id, (request, connection) -> {
                every.countDown();
                every.await(); // no request is answered before the last has arrived
                write(connection, answer("200 OK", thing(id)));
                return true;
            });
            answers.add(query.ask(List.of("thing-" + call), 0).toCompletableFuture());
        }
        for (CompletableFuture<Answer<Object>> answer : answers) {
            assertThat(answer.get()).isInstanceOf(Answer.Given.class);
        }
        assertThat(server.connections).hasValue(64);
        for (int call = 100; call < 200; call++) {
            finds("thing-" + call);
        }
        assertThat(server.connections).as("kept").hasValue(64);
    }

    @Test
    void connectionIsReleasedBeforeAnswerIsProcessed() throws Exception {
        try (var narrow =
                new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), new Failures(List.of()))) {
            Query<Object> one = narrow.query(SourceMethods.of(Things.class), server.url(), settings(1, LONG));
            for (int call = 0; call < 50; call++) {
                one.ask(List.of("thing-" + call), 0).toCompletableFuture().get();
            }
        }
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void sendsRequestOfTheInterface() throws Exception {
        finds("a-b");
        assertThat(server.requests.take())
                .startsWith("GET /things/a-b HTTP/1.1\r\n")
                .containsIgnoringCase("\r\nhost: " + server.url().getAuthority() + "\r\n")
                .containsIgnoringCase("\r\naccept: */*\r\n")
                .containsIgnoringCase("\r\naccept-encoding: identity\r\n");
        query.ask(List.of("a?b c"), 1);
        assertThat(server.requests.take()).startsWith("GET /things/a%3Fb%20c HTTP/1.1\r\n");
    }

    @Test
    void sendsBody() throws Exception {
        server.on("/things", answer("200 OK", "[" + thing("a") + "]"));
        query.ask(List.of("a", "b"), 0).toCompletableFuture().get();
        assertThat(server.requests.take())
                .startsWith("POST /things HTTP/1.1\r\n")
                .containsIgnoringCase("content-type: application/json")
                .endsWith("\r\n\r\n[\"a\",\"b\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n5\r\n:\"a\"}\r\n0\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"id\":\"a\"}",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 10\r\n\r\n{\"id\":\"a\"}"
            })
    void readsAnswerInEveryForm(String bytes) throws Exception {
        server.on("/things/a", bytes);
        finds("a");
        finds("a");
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void readsAnswerThatEndsWithItsConnection() throws Exception {
        server.on("/things/a", (request, connection) -> {
            write(connection, "HTTP/1.1 200 OK\r\n\r\n{\"id\":\"a\"}");
            return false;
        });
        finds("a");
        finds("b");
    }

    @Test
    void dropsConnectionThatServerWillClose() throws Exception {
        server.on("/things/a", (request, connection) -> {
            write(connection, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\n{\"id\":\"a\"}");
            return server.silent(request, connection);
        });
        finds("a");
        server.hungUp.await();
        finds("b");
        assertThat(server.connections).hasValue(2);
    }

    @Test
    void shortRetryHandlesConnectionsClosedBetweenCalls() throws Exception {
        server.on("/things/a", (request, connection) -> {
            write(connection, answer("200 OK", thing("a")));
            return false;
        });
        for (int call = 0; call < 20; call++) {
            finds("a");
        }
    }

    @Test
    void closesConnectionIfAnswerDoesNotBegin() throws Exception {
        query = sources.query(SourceMethods.of(Things.class), server.url(), settings(64, SHORT));
        server.on("/things/a", server::silent);
        assertThatThrownBy(() -> ask("a", 1))
                .isInstanceOf(RetryableException.class)
                .hasCauseInstanceOf(SocketTimeoutException.class);
        server.hungUp.await();
        finds("b");
        assertThat(server.connections).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":\"a\"}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n{\"id\":\"a\"}\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n{\"id\":\"a\"}\r\nz\r\n"
            })
    void truncatedAnswerIsRetryable(String bytes) throws Exception {
        server.on("/things/a", (request, connection) -> {
            write(connection, bytes);
            return false;
        });
        fails("a", RetryableException.class);
        finds("b");
    }

    @Test
    void connectionResetIsRetryable() throws Exception {
        server.on("/things/a", (request, connection) -> {
            connection.setSoLinger(true, 0);
            return false;
        });
        fails("a", RetryableException.class);
        server.close();
        fails("b", RetryableException.class);
    }

    @Test
    void passesOnErrorsOfTheSource() throws Exception {
        server.on("/things/empty", "HTTP/1.1 204 No Content\r\n\r\n");
        server.on("/things/none", "HTTP/1.1 404 Not Found\r\nX-Why: a\r\nx-why: b\r\nContent-Length: 4\r\n\r\nnone");
        server.on("/things/down", answer("503 Service Unavailable", "down"));
        fails("empty", MissingStateException.class);
        assertThatThrownBy(() -> ask("none", 1)).isInstanceOfSatisfying(FeignException.NotFound.class, failure -> {
            assertThat(failure.contentUTF8()).isEqualTo("none");
            assertThat(failure.responseHeaders().get("x-why")).containsExactlyInAnyOrder("a", "b");
        });
        assertThatThrownBy(() -> ask("down", 1))
                .isInstanceOfSatisfying(
                        FeignException.ServiceUnavailable.class,
                        failure -> assertThat(failure.contentUTF8()).isEqualTo("down"));
        finds("b");
        assertThat(server.connections).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:%d", "127.0.0.1:%d/", "127.0.0.1:%d/base", "127.0.0.1:%d/base/", "LOCALHOST:%d/base"})
    void callsAddressOfTheSource(String address) throws Exception {
        URI url = URI.create("http://" + address.formatted(server.url().getPort()));
        query = sources.query(SourceMethods.of(Things.class), url, settings(64, LONG));
        query.ask(List.of("a:b@c=d"), 0).toCompletableFuture().get();
        String path = address.contains("base") ? "/base/things/" : "/things/";
        assertThat(server.requests)
                .singleElement(STRING)
                .startsWith("GET " + path + "a%3Ab%40c%3Dd HTTP/1.1\r\n")
                .containsIgnoringCase("\r\nHost: " + url.getAuthority() + "\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "http://things:8080, http://things:8080/a?ids=b%2Cc",
        "http://things:8080, http://things:8080/a#top",
        "http://things:8080, http://things:8080?ids=b",
        "http://things:8080, http://things:808/a",
        "http://things:8080, http://other:8080/a",
        "http://things, http://things/a",
        "http://things, http://things:80/a",
        "https://THINGS, https://THINGS/a",
        "http://me:secret@things, http://me:secret@things/a",
        "http://[::1]:8080, http://[::1]:8080/a"
    })
    void takesAnAddressApartAsAParserWould(URI source, String url) {
        AsyncRequestBuilder ours = HttpCalls.requestBuilder(HttpHost.create(source), "GET", url);
        AsyncRequestBuilder parsed = AsyncRequestBuilder.create("GET").setUri(url);
        assertThat(ours.getScheme()).isEqualTo(parsed.getScheme());
        assertThat(ours.getAuthority()).isEqualTo(parsed.getAuthority());
        assertThat(ours.getPath()).isEqualTo(parsed.getPath());
    }

    @Test
    void rejectsEndlessResponseHead() throws Exception {
        server.on("/things/a", (request, connection) -> {
            write(connection, "HTTP/1.1 200 OK\r\n");
            while (server.hungUp.getCount() > 0) {
                write(connection, "X-Long: " + "x".repeat(1_000) + "\r\n");
            }
            return false;
        });
        fails("a", RetryableException.class);
        finds("b");
    }

    @Test
    void callAfterCloseFails() {
        sources.close();
        fails("a", Exception.class);
    }
}
