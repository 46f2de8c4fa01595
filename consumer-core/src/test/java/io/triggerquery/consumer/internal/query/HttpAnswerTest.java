package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import feign.Param;
import feign.RequestLine;
import feign.RetryableException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.Query;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endless and too large answers are aborted, over real HTTP. */
@Timeout(60)
class HttpAnswerTest {

    private static final int MAX_BYTES = 10_000;

    @Source("things")
    interface Things {

        @RequestLine("GET /things/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id) {}

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final Set<String> encodings = ConcurrentHashMap.newKeySet();
    private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private HttpServer server;
    private Sources sources;
    private Query<Object> query;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/things/good", this::good);
        server.createContext("/things/endless", exchange -> endless(exchange, 1_000, 0));
        server.createContext("/things/dripping", exchange -> endless(exchange, 1, 20));
        server.start();
        sources = new Sources(CircuitBreakerRegistry.ofDefaults(), Sources.Feign.plain(), new Failures(List.of()));
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        Duration second = Duration.ofSeconds(1);
        query = sources.query(
                SourceMethods.of(Things.class),
                url,
                new SourceSettings(
                        url,
                        new SourceSettings.Limits(second, second, MAX_BYTES),
                        new SourceSettings.Protection(second, 1, 1)));
    }

    @AfterEach
    void stop() throws IOException {
        stopping.countDown();
        sources.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void good(HttpExchange exchange) throws IOException {
        try (exchange) {
            callers.add(exchange.getRemoteAddress());
            encodings.addAll(exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of()));
            byte[] body = "{\"id\":\"good\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void endless(HttpExchange exchange, int bytesAtOnce, int pauseMillis) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            byte[] some = " ".repeat(bytesAtOnce).getBytes(StandardCharsets.UTF_8);
            while (!stopping.await(pauseMillis, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write(some);
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            hungUp.countDown();
        }
    }

    private Answer<Object> ask(String id, int unanswered) throws Exception {
        return query.ask(List.of(id), unanswered).toCompletableFuture().get();
    }

    private void assertHungUpAndReadyForTheNext() throws Exception {
        hungUp.await();
        assertThat(ask("good", 0))
                .isEqualTo(new Answer.Given<>(
                        Map.of("good", new Snapshot.Found<>("good", new Thing("good"), OptionalLong.empty()))));
    }

    @Test
    void closesConnectionOfTooLargeAnswer() throws Exception {
        assertThatThrownBy(() -> ask("endless", 1))
                .hasCauseInstanceOf(AnswerTooLargeException.class)
                .hasMessageContaining("/things/endless has more than 10000 bytes");
        assertHungUpAndReadyForTheNext();
    }

    @Test
    void requestsNoCompressedAnswer() throws Exception {
        ask("good", 0);

        assertThat(encodings).containsExactly("identity");
    }

    @Test
    void keepsConnectionOfCompleteAnswer() throws Exception {
        for (int call = 0; call < 10; call++) {
            ask("good", 0);
        }

        assertThat(callers).hasSize(1);
    }

    @Test
    void closesConnectionOfEndlessSlowAnswer() throws Exception {
        assertThatThrownBy(() -> ask("dripping", 1))
                .hasCauseInstanceOf(RetryableException.class)
                .hasMessageContaining("/things/dripping took longer than 1000 ms");
        assertHungUpAndReadyForTheNext();
    }
}
