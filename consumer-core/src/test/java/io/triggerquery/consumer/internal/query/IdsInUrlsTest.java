package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import feign.CollectionFormat;
import feign.Param;
import feign.RequestLine;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Every id arrives unchanged at a real HTTP server, and never changes the path or the query. */
class IdsInUrlsTest {

    private static final List<String> IDS = List.of(
            "a/../b",
            "/",
            "a/b/",
            "%2e%2e",
            "%2F",
            "%",
            "?x=1",
            "#f",
            "{id}",
            "{",
            "}",
            "{{id}}",
            "a b",
            "+",
            "a+b",
            "ü",
            "漢字",
            "😀",
            "a,b",
            "a&b=c",
            "\\",
            "a;b",
            "'\"<>",
            "@",
            ":",
            "http://elsewhere/",
            "//elsewhere",
            "...",
            "a:b@c=d~e_f.g-h",
            "%7B",
            "%25",
            "$",
            "!*()[]|^`");

    private static final Duration LIMIT = Duration.ofSeconds(10);

    record Thing(String id) {}

    @Source(value = "things", id = "id")
    interface Things {
        @RequestLine("GET /api/{id}/state")
        Thing byId(@Param("id") String id);

        @RequestLine(value = "GET /api?ids={ids}", collectionFormat = CollectionFormat.CSV)
        List<Thing> byIds(@Param("ids") List<String> ids);
    }

    @Source(value = "things", id = "id")
    interface Exploded {
        @RequestLine("GET /api/all?id={id}")
        Thing byId(@Param("id") String id);

        @RequestLine("GET /api?id={ids}&all=true")
        List<Thing> byIds(@Param("ids") List<String> ids);
    }

    @Source(value = "things", id = "id")
    interface SpringThings {
        @GetExchange("/api/{id}/state")
        Thing byId(@PathVariable("id") String id);
    }

    record Order(UUID id) {}

    record Line(long number) {}

    @Source(value = "orders", id = "id")
    interface Orders {
        @RequestLine("GET /api/{id}/state")
        Order byId(@Param("id") UUID id);
    }

    @Source(value = "lines", id = "number")
    interface Lines {
        @RequestLine("GET /api/{id}/line")
        Line byId(@Param("id") long id);

        @RequestLine(value = "GET /api?ids={ids}", collectionFormat = CollectionFormat.CSV)
        List<Line> byIds(@Param("ids") List<Long> ids);

        @RequestLine("GET /api/search?name={name}")
        String ignored(@Param("name") String name, @Param("page") int page);
    }

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Sources sources =
            new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), new Failures(List.of()));
    private HttpServer server;
    private volatile String answer = "{}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        sources.close();
        server.stop(0);
    }

    private Query<Object> query(Class<?> type) {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return sources.query(
                SourceMethods.of(type),
                url,
                new SourceSettings(
                        url, new SourceSettings.Limits(LIMIT, LIMIT, 10_000), SourceSettings.Protection.DEFAULT));
    }

    private static List<String> decoded(String encoded) {
        return Arrays.stream(encoded.split("%2C|,", -1))
                .map(id -> URLDecoder.decode(id, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void idInPathIsOneSegment() throws Exception {
        idIsOneSegment(query(Things.class));
    }

    /** Spring encodes values that it puts into templates. */
    @Test
    void idInPathOfSpringClientIsOneSegment() throws Exception {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        SpringThings client = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(RestClient.create(url)))
                .build()
                .createClient(SpringThings.class);
        idIsOneSegment(sources.query(SourceMethods.of(SpringThings.class), client, SourceSettings.Protection.DEFAULT));
    }

    @Test
    void applicationBeanReceivesUnchangedId() throws Exception {
        List<Object> asked = new ArrayList<>();
        SpringThings bean = id -> {
            asked.add(id);
            return new Thing(id);
        };
        Query<Object> query =
                sources.query(SourceMethods.of(SpringThings.class), bean, SourceSettings.Protection.DEFAULT);
        for (String id : IDS) {
            query.ask(List.of(id), 1).toCompletableFuture().join();
        }
        assertThat(asked).isEqualTo(IDS);
    }

    private void idIsOneSegment(Query<Object> query) throws Exception {
        for (String id : IDS) {
            answer = "{\"id\":\"" + id.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
            var given = (Answer.Given<Object>)
                    query.ask(List.of(id), 1).toCompletableFuture().join();
            assertThat(given.snapshots().get(id)).isInstanceOf(Snapshot.Found.class);
            String request = requests.remove(0);
            assertThat(request).matches("/api/[^/?#{}+]+/state");
            String segment = request.substring("/api/".length(), request.length() - "/state".length());
            assertThat(URLDecoder.decode(segment, StandardCharsets.UTF_8)).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Things.class, Exploded.class})
    void eachIdInQueryStringIsOneValue(Class<?> type) throws Exception {
        Query<Object> query = query(type);
        answer = "[]";
        for (String id : IDS) {
            query.ask(List.of(id + "1", id + "2"), 1).toCompletableFuture().join();
            String request = requests.remove(0);
            assertThat(request).startsWith("/api?").doesNotContain("{", "#", "+");
            String ids = request.substring("/api?".length())
                    .replace("&all=true", "")
                    .replace("ids=", "")
                    .replace("&id=", "%2C")
                    .replace("id=", "");
            if (!id.contains(",")) { // a comma-separated list cannot contain an id with a comma
                assertThat(decoded(ids)).containsExactly(id + "1", id + "2");
            }
        }
    }

    @Test
    void idInQueryStringIsOneValue() throws Exception {
        Query<Object> query = query(Exploded.class);
        for (String id : IDS) {
            answer = "{\"id\":\"" + id.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
            query.ask(List.of(id), 1).toCompletableFuture().join();
            String request = requests.remove(0);
            assertThat(request).startsWith("/api/all?id=").doesNotContain("{", "#", "&", "+");
            assertThat(URLDecoder.decode(request.substring("/api/all?id=".length()), StandardCharsets.UTF_8))
                    .isEqualTo(id);
        }
    }

    @Test
    void idsAreConvertedToParameterType() throws Exception {
        String uuid = "550e8400-e29b-41d4-a716-446655440000";
        answer = "{\"id\":\"" + uuid + "\"}";
        var order = (Answer.Given<Object>)
                query(Orders.class).ask(List.of(uuid), 1).toCompletableFuture().join();
        assertThat(order.snapshots()).containsOnlyKeys(uuid);
        answer = "[{\"number\":7},{\"number\":8}]";
        var lines = (Answer.Given<Object>) query(Lines.class)
                .ask(List.of("7", "8"), 1)
                .toCompletableFuture()
                .join();
        assertThat(lines.snapshots()).containsOnlyKeys("7", "8");
        answer = "{\"number\":7}";
        var line = (Answer.Given<Object>)
                query(Lines.class).ask(List.of("7"), 1).toCompletableFuture().join();
        assertThat(line.snapshots()).containsOnlyKeys("7");
        assertThat(requests).containsExactly("/api/" + uuid + "/state", "/api?ids=7%2C8", "/api/7/line");
    }
}
