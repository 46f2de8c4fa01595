package io.triggerquery.consumer.internal.query;

import static io.triggerquery.consumer.internal.query.RawServer.answer;
import static io.triggerquery.consumer.internal.query.RawServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.FeignException;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parts of an answer are trusted, over real connections. */
@Timeout(60)
class AnswerValidationTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PAGE = "<!DOCTYPE html><html><body>Sign in, Zoe: token=abc</body></html>";

    @Source(value = "things", id = "id", version = "version")
    interface Things {

        @RequestLine("GET /things/{id}")
        @Headers("X-Api-Key: secret")
        Thing byId(@Param("id") String id);

        @RequestLine("GET /things?ids={ids}")
        List<Thing> byIds(@Param("ids") List<String> ids);
    }

    record Thing(String id, Long version, String name) {}

    private final Failures failures = new Failures(List.of());
    private RawServer server;
    private @Nullable Sources sources;
    private Query<Object> query;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
        query = query(new SourceSettings(server.url(), limits(), new SourceSettings.Protection(LIMIT, 64, 10)));
    }

    private static SourceSettings.Limits limits() {
        return new SourceSettings.Limits(LIMIT, LIMIT, 200_000);
    }

    private Query<Object> query(SourceSettings settings) {
        if (sources != null) {
            sources.close();
        }
        sources = new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), failures);
        return sources.query(SourceMethods.of(Things.class), server.url(), settings);
    }

    @AfterEach
    void stop() {
        sources.close();
        server.close();
    }

    private Answer<Object> ask(int unanswered, String... ids) throws Throwable {
        try {
            return query.ask(List.of(ids), unanswered).toCompletableFuture().get();
        } catch (ExecutionException failed) {
            throw failed.getCause();
        }
    }

    private Throwable failure(int unanswered, String id) {
        try {
            throw new AssertionError("answered: " + ask(unanswered, id));
        } catch (AssertionError answered) {
            throw answered;
        } catch (Throwable failure) {
            return failure;
        }
    }

    private static Map<String, Snapshot<Object>> found(Thing... things) {
        Map<String, Snapshot<Object>> found = new HashMap<>();
        for (Thing thing : things) {
            found.put(thing.id(), new Snapshot.Found<>(thing.id(), thing, OptionalLong.of(thing.version())));
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"status\":500,\"error\":\"Internal Server Error\"} | has no 'id'",
                "{}                                                   | has no 'id'",
                "{\"id\":null,\"version\":7}                          | has no 'id'",
                "{\"id\":\"b\",\"version\":7}                         | of another id, b",
                "{\"id\":\"A\",\"version\":7}                         | of another id, A",
                "{\"id\":\"a\"}                                       | has no 'version'",
                "{\"id\":\"a\",\"version\":null}                      | has no 'version'"
            })
    void stateOfAnotherIdIsRejected(String body, String said) {
        server.on("/things/a", answer("200 OK", body));
        Throwable failure = failure(0, "a");
        assertThat(failure).isInstanceOf(MissingStateException.class).hasMessageContaining(said);
        assertThat(failures.kindOf(failure)).isEqualTo(FailureKind.RETRYABLE);
        assertThat(failures.countsAgainstSource(failure)).isFalse();
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void invalidElementsOfListAreIgnored() throws Throwable {
        server.on(
                "/things?ids=a&ids=b&ids=c",
                answer("200 OK", "[{\"id\":\"a\",\"version\":1},{\"id\":\"b\"},{\"version\":3},null]"));
        assertThat(ask(0, "a", "b", "c")).isEqualTo(new Answer.Given<>(found(new Thing("a", 1L, null))));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 423, 429, 500})
    void retryAfterHeaderDoesNotTurnFailureIntoOutage(int status) {
        server.on("/things/a", "HTTP/1.1 " + status + " No\r\nRetry-After: 0\r\nContent-Length: 2\r\n\r\n{}");
        Throwable failure = failure(0, "a");
        assertThat(failure)
                .isInstanceOfSatisfying(
                        FeignException.class,
                        answered -> assertThat(answered.status()).isEqualTo(status));
        assertThat(server.requests).as("not repeated").hasSize(1);
    }

    @Test
    void redirectsAreNotFollowedByDefault() throws Exception {
        try (var other = new RawServer()) {
            for (String location : List.of(
                    "/things/b", other.url() + "/things/a", "//" + other.url().getAuthority() + "/things/a")) {
                redirectTo(location);
                assertThat(failure(1, "a"))
                        .isInstanceOf(FeignException.class)
                        .hasMessageContaining("302")
                        .hasMessageContaining("follow-redirects")
                        .hasMessageNotContaining(location);
            }
            assertThat(server.requests).hasSize(3);
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void redirectWithinSourceIsFollowedIfEnabled() throws Throwable {
        query = query(new SourceSettings(server.url(), limits(), new SourceSettings.Protection(LIMIT, 64, 10), true));
        server.on("/things/b", answer("200 OK", "{\"id\":\"a\",\"version\":1}"));
        for (String within : List.of("b", "/things/b", server.url() + "/things/b")) {
            redirectTo(within);
            assertThat(ask(0, "a")).as(within).isEqualTo(new Answer.Given<>(found(new Thing("a", 1L, null))));
        }
        int port = server.url().getPort();
        try (var other = new RawServer()) {
            for (String away : List.of(
                    other.url() + "/things/a",
                    "//" + other.url().getAuthority() + "/things/a", // no scheme, but another port
                    "http://localhost:" + port + "/things/b",
                    "https://127.0.0.1:" + port + "/things/b")) {
                redirectTo(away);
                assertThat(failure(1, "a")).as(away).hasMessageContaining("[302 Found]");
            }
            assertThat(other.connections).hasValue(0);
        }
    }

    private void redirectTo(String location) {
        server.on("/things/a", "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void requestsNoCompression() throws Throwable {
        server.on("/things/a", answer("200 OK", "{\"id\":\"a\",\"version\":1}"));
        ask(0, "a");
        assertThat(server.requests.take()).containsIgnoringCase("\r\naccept-encoding: identity\r\n");
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private void compressed(String status, String body) throws IOException {
        byte[] zipped = gzip(body);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                + "Content-Length: " + zipped.length + "\r\n\r\n";
        server.on("/things/a", (request, connection) -> {
            write(connection, head + new String(zipped, StandardCharsets.ISO_8859_1));
            return true;
        });
    }

    @Test
    void compressedAnswerIsNamedInTheError() throws IOException {
        compressed("200 OK", "{\"id\":\"a\",\"version\":1}");
        assertThat(failure(1, "a")).hasMessageContaining("compressed").hasMessageContaining("gzip");
        compressed("500 Internal Server Error", "{\"error\":\"no\"}");
        assertThat(failure(1, "a"))
                .isInstanceOfSatisfying(
                        FeignException.InternalServerError.class,
                        answered -> assertThat(answered.contentUTF8()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/html; charset=UTF-8", "application/xhtml+xml", "application/json", ""})
    void htmlPageIsNeitherStateNorFailureOfAnId(String type) {
        String head = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
        server.on("/things/a", "HTTP/1.1 200 OK\r\n" + head + "Content-Length: " + PAGE.length() + "\r\n\r\n" + PAGE);
        Throwable failure = failure(0, "a");
        assertThat(failure)
                .hasMessageContaining("/things/a")
                .hasMessageContaining("is a page, not JSON")
                .hasMessageNotContaining("Sign in")
                .hasMessageNotContaining("<");
        assertThat(failures.kindOf(failure)).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failures.countsAgainstSource(failure)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain       | sorry Zoe                     | is text/plain, not JSON",
                "application/json | {\"id\":\"a\",\"version\":\"Zoe\"} | [\"version\"]",
                "application/json | {\"id\":\"a\",                   | line 1",
                "application/json | Zoe                           | line 1"
            })
    void errorOfUnreadableAnswerOmitsItsText(String type, String body, String said) {
        server.on(
                "/things/a",
                "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body);
        Throwable failure = failure(0, "a");
        assertThat(failure)
                .hasNoCause()
                .hasMessageContaining("/things/a")
                .hasMessageContaining(said)
                .hasMessageNotContaining("Zoe");
        assertThat(failures.kindOf(failure)).isEqualTo(FailureKind.RETRYABLE);
        assertThat(failures.countsAgainstSource(failure)).isFalse();
    }

    @Test
    void readsAtMostAFewKilobytesOfAnError() throws Throwable {
        server.on("/things/a", answer("401 Unauthorized", "x".repeat(100_000)));
        server.on("/things/b", answer("503 Service Unavailable", "x".repeat(1_000_000)));
        server.on("/things/c", answer("200 OK", "{\"id\":\"c\",\"version\":1}"));
        for (int call = 0; call < 3; call++) {
            assertThat(failure(1, "a"))
                    .isInstanceOfSatisfying(
                            FeignException.Unauthorized.class,
                            answered -> assertThat(answered.content()).hasSizeBetween(1_000, 4_096));
        }
        assertThat(server.connections).as("kept").hasValue(1);
        assertThat(failure(1, "b"))
                .as("classified by its status, whatever its length")
                .isInstanceOfSatisfying(
                        FeignException.ServiceUnavailable.class,
                        answered -> assertThat(answered.content()).hasSizeBetween(1_000, 4_096));
        assertThat(ask(0, "c")).isEqualTo(new Answer.Given<>(found(new Thing("c", 1L, null))));
    }

    @Test
    void failuresDoNotQuoteQueryStrings() {
        server.on("/things?ids=a&ids=b", answer("500 Internal Server Error", "{}"));
        assertThatThrownBy(() -> ask(1, "a", "b"))
                .hasMessageContaining("/things]")
                .hasMessageNotContaining("ids=a");
    }
}
