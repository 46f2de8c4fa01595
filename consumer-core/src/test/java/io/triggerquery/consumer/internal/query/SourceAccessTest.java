package io.triggerquery.consumer.internal.query;

import static io.triggerquery.consumer.internal.query.RawServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import feign.FeignException;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.spi.HttpClientCustomizer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

/** The headers and credentials of a source's settings, over real connections. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SourceAccessTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String SECRET = "s3cr3t";

    @Source(value = "things", id = "id")
    @Headers("X-Api-Key: of-the-interface")
    interface Things {

        @RequestLine("GET /things/{id}")
        Thing byId(@Param("id") String id);

        @RequestLine("GET /things?ids={ids}")
        List<Thing> byIds(@Param("ids") List<String> ids);
    }

    record Thing(String id) {}

    @TempDir
    Path directory;

    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
        server.on("/things?ids=a&ids=b", answer("200 OK", "[]"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static SourceAccess headers(String... namesAndValues) {
        return new SourceAccess(
                Map.of(namesAndValues[0], namesAndValues[1]),
                null,
                null,
                null,
                List.of("headers." + namesAndValues[0]));
    }

    private static Sources sources() {
        return new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), new Failures(List.of()));
    }

    private Query<Object> query(Sources sources, SourceAccess access) {
        URI url = server.url();
        return sources.query(
                SourceMethods.of(Things.class),
                url,
                new SourceSettings(
                        url,
                        new SourceSettings.Limits(LIMIT, LIMIT, 10_000),
                        new SourceSettings.Protection(LIMIT, 4, 10),
                        false,
                        access));
    }

    private static Answer<Object> ask(Query<Object> query, String... ids) throws Exception {
        return query.ask(List.of(ids), 1).toCompletableFuture().get();
    }

    @Test
    void headersAreSentWithEachCall() throws Exception {
        try (Sources sources = sources()) {
            Query<Object> query = query(sources, headers("Authorization", "Bearer " + SECRET));
            ask(query, "a");
            ask(query, "a", "b");
        }
        assertThat(server.requests.remove())
                .startsWith("GET /things/a HTTP")
                .contains("\r\nAuthorization: Bearer " + SECRET + "\r\n")
                .contains("\r\nX-Api-Key: of-the-interface\r\n");
        assertThat(server.requests.remove())
                .startsWith("GET /things?ids=a&ids=b HTTP")
                .contains("\r\nAuthorization: Bearer " + SECRET + "\r\n")
                .contains("\r\nX-Api-Key: of-the-interface\r\n");
    }

    @Test
    void settingsReplaceHeadersOfInterfaceAndInterceptors() throws Exception {
        var feign = new Sources.Feign(
                JsonMapper.shared(),
                List.of(),
                Interceptors.forAll(List.of(template -> template.header("X-api-key", "of-an-interceptor"))),
                () -> Runnable::run);
        try (var sources = new Sources(CircuitBreakerRegistry.ofDefaults(), feign, new Failures(List.of()))) {
            ask(query(sources, headers("x-api-key", "of-the-settings")), "a");
        }
        assertThat(server.requests.remove())
                .contains("\r\nx-api-key: of-the-settings\r\n")
                .doesNotContain("of-the-interface", "of-an-interceptor");
    }

    @Test
    void tokenFileIsReadAgain() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "first\n");
        long[] now = {Long.MAX_VALUE - 1};
        var token = new TokenFile("things", file, () -> now[0]);
        assertThat(token.header().getValue()).isEqualTo("Bearer first");
        Files.writeString(file, "second\n");
        assertThat(token.header().getValue()).isEqualTo("Bearer first");
        now[0] += Duration.ofSeconds(1).toNanos();
        assertThat(token.header().getValue()).isEqualTo("Bearer second");
        assertThat(token.header()).hasToString("Authorization: ******");
    }

    @ParameterizedTest
    @CsvSource({"'', is empty", "'s3cr3t with a space', contains a character that no token can have", ", NoSuchFile"})
    void lastTokenIsKeptWhileFileIsEmpty(String content, String said, CapturedOutput output) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "first");
        long[] now = {0};
        var token = new TokenFile("things", file, () -> now[0]);
        if (content == null) {
            Files.delete(file);
        } else {
            Files.writeString(file, content);
        }
        for (int call = 0; call < 3; call++) {
            now[0] += Duration.ofSeconds(1).toNanos();
            assertThat(token.header().getValue()).isEqualTo("Bearer first");
        }
        assertThat(output)
                .containsOnlyOnce("The bearer token of the source things cannot be read again")
                .contains(said)
                .doesNotContain(SECRET);
        Files.writeString(file, "second");
        now[0] += Duration.ofSeconds(1).toNanos();
        assertThat(token.header().getValue()).isEqualTo("Bearer second");
    }

    /** The query string may contain a key too, which is not detected. */
    @ParameterizedTest
    @CsvSource({"500, ", "401, ", "200, nonsense", ", "})
    void credentialsAreInNoFailureAndNoLog(String status, String body, CapturedOutput output) throws Exception {
        var debug = List.of("io.triggerquery", "org.apache.hc.client5.http.headers", "org.apache.hc.client5.http.impl");
        debug.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.DEBUG));
        try (Sources sources = sources()) {
            Query<Object> query = query(sources, headers("Authorization", "Bearer " + SECRET));
            server.on("/things/a", (request, connection) -> {
                if (status != null) {
                    RawServer.write(connection, answer(status + " X", body == null ? "" : body));
                }
                return false;
            });
            Throwable failure = catchThrowable(() -> ask(new Failures(List.of()).summarizing(query), "a"))
                    .getCause();
            assertThat(failure).hasMessageNotContaining(SECRET);
            Throwable raw = catchThrowable(() -> ask(query, "a")).getCause();
            assertThat(raw).isInstanceOfSatisfying(FeignException.class, feign -> {
                assertThat(feign.request().headers()).isEmpty();
                assertThat(feign.request().requestTemplate()).isNull();
            });
        } finally {
            debug.forEach(name -> ((Logger) LoggerFactory.getLogger(name)).setLevel(null));
        }
        assertThat(server.requests.remove()).contains("Authorization: Bearer " + SECRET);
        assertThat(output).contains("Authorization: ******").doesNotContain(SECRET);
    }

    @Source(value = "keyed", id = "id")
    interface Keyed {

        @RequestLine("GET /things/{id}?key=" + SECRET)
        Thing byId(@Param("id") String id);
    }

    @Test
    void failureWithoutAnswerHidesQueryString(CapturedOutput output) {
        ((Logger) LoggerFactory.getLogger("io.triggerquery")).setLevel(Level.DEBUG);
        server.on("/things/a?key=" + SECRET, (request, connection) -> false);
        try (Sources sources = sources()) {
            Query<Object> query = sources.query(
                    SourceMethods.of(Keyed.class),
                    server.url(),
                    new SourceSettings(
                            server.url(),
                            new SourceSettings.Limits(LIMIT, LIMIT, 10_000),
                            new SourceSettings.Protection(LIMIT, 4, 10)));
            Throwable failure = catchThrowable(() -> ask(new Failures(List.of()).summarizing(query), "a"));
            assertThat(failure).hasMessageContaining("executing GET " + server.url() + "/things/a");
        } finally {
            ((Logger) LoggerFactory.getLogger("io.triggerquery")).setLevel(null);
        }
        assertThat(server.requests.remove()).contains(SECRET);
        assertThat(output).contains("A query or a projection failed.").doesNotContain(SECRET);
    }

    @Test
    void customizerCannotRemoveLimitsOfTheClient() throws Exception {
        HttpClientCustomizer customizer = (source, client) -> client.setUserAgent("asks-" + source)
                .setRedirectStrategy(DefaultRedirectStrategy.INSTANCE)
                .setDefaultCookieStore(new BasicCookieStore())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setMaxRedirects(9).build());
        server.on(
                "/things/a",
                "HTTP/1.1 302 Found\r\nLocation: /things/b\r\nSet-Cookie: k=v\r\nContent-Length: 0\r\n\r\n");
        try (var sources = new Sources(
                CircuitBreakerRegistry.ofDefaults(),
                Sources.Feign.plain(),
                new HttpParts(null, List.of(customizer)),
                new Failures(List.of()))) {
            Query<Object> query = query(sources, SourceAccess.PLAIN);
            assertThat(catchThrowable(() -> ask(query, "a"))).hasMessageContaining("[302 Found]");
            ask(query, "b");
        }
        assertThat(server.requests.remove()).contains("User-Agent: asks-things");
        assertThat(server.requests.remove()).startsWith("GET /things/b").doesNotContainIgnoringCase("cookie");
    }

    @ParameterizedTest
    @CsvSource({
        "http://billing:8080, true",
        "http://10.0.0.1, true",
        "https://billing, false",
        "http://localhost:8080, false",
        "http://127.0.0.1, false",
        "http://[::1]:8080, false"
    })
    void credentialsWithoutEncryptionAreWarnedOf(String url, boolean warned, CapturedOutput output) {
        var limits = new SourceSettings.Limits(LIMIT, LIMIT, 10_000);
        var protection = new SourceSettings.Protection(LIMIT, 4, 10);
        AccessWarnings.log(
                "things",
                new SourceSettings(URI.create(url), limits, protection, false, headers("authorization", SECRET)));
        AccessWarnings.log(
                "things", new SourceSettings(URI.create(url), limits, protection, false, SourceAccess.PLAIN));
        assertThat(output.toString().contains("receives its credentials unencrypted"))
                .isEqualTo(warned);
        assertThat(output).doesNotContain(SECRET);
    }

    @Test
    void descriptionContainsNoValue() {
        SourceAccess access = headers("X-Api-Key", SECRET);
        var proxy = new SourceAccess.Proxy("proxy", 3128, SECRET, SECRET);
        assertThat(access).hasToString("SourceAccess[headers.X-Api-Key]");
        assertThat(proxy).hasToString("proxy:3128");
    }
}
