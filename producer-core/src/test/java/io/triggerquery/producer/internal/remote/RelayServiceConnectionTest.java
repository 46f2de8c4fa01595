package io.triggerquery.producer.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests to the relay service, and the meaning of its answers. */
class RelayServiceConnectionTest {

    private final HttpServer server = server();
    private final AtomicInteger status = new AtomicInteger(202);
    private final AtomicReference<String> request = new AtomicReference<>();
    private final AtomicInteger requests = new AtomicInteger();

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sendsTriggersWithCredentials() throws Exception {
        assertThat(accept(new OutgoingTrigger("changed", "p-1", 7L), OutgoingTrigger.of("changed", "p-2")))
                .isEqualTo(new SendOutcome.Acknowledged());

        String credentials = Base64.getEncoder().encodeToString("billing:secret".getBytes(StandardCharsets.UTF_8));
        assertThat(request.get())
                .isEqualTo("POST /v1/triggers Basic " + credentials + " application/json {\"triggers\":["
                        + "{\"destination\":\"changed\",\"id\":\"p-1\",\"version\":7},"
                        + "{\"destination\":\"changed\",\"id\":\"p-2\",\"version\":null}]}");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 429, 408, 302})
    void temporaryErrorIsUnreachable(int answer) throws Exception {
        status.set(answer);

        assertThat(accept(OutgoingTrigger.of("changed", "p-1"))).isInstanceOf(SendOutcome.Unreachable.class);
        // not repeated, because the relay loop retries; not redirected, because that would reveal the password
        assertThat(requests).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413})
    void errorThatNeedsAnOperatorIsBlocked(int answer) throws Exception {
        status.set(answer);

        assertThat(accept(OutgoingTrigger.of("changed", "p-1")))
                .isInstanceOfSatisfying(
                        SendOutcome.Blocked.class,
                        blocked -> assertThat(blocked.reason())
                                .contains(Integer.toString(answer))
                                .contains("the answer's body")
                                .doesNotContain("\n")
                                .doesNotContain("secret"));
    }

    @Test
    void closedPortIsUnreachable() throws Exception {
        server.stop(0);

        assertThat(accept(OutgoingTrigger.of("changed", "p-1"))).isInstanceOf(SendOutcome.Unreachable.class);
    }

    @Test
    void closedConnectionIsReplaced() throws Exception {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            if (requests.getAndIncrement() > 0) {
                exchange.sendResponseHeaders(202, -1);
            }
            exchange.close();
        });

        assertThat(accept(OutgoingTrigger.of("changed", "p-1"))).isEqualTo(new SendOutcome.Acknowledged());
        assertThat(requests).hasValue(2);
    }

    @Test
    void keepsOnlyTheStartOfALongAnswer() throws Exception {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(400, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 64; i++) {
                    body.write("x".repeat(4_096).getBytes(StandardCharsets.US_ASCII));
                }
            }
        });
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (RelayServiceConnection connection = new RelayServiceConnection(settings(url))) {
            RelayServiceApi.TriggersBody none = new RelayServiceApi.TriggersBody(List.of());
            assertThatExceptionOfType(RelayServiceException.class)
                    .isThrownBy(() -> connection.service().accept(none))
                    .satisfies(refused -> assertThat(refused.body()).hasSize(64 * 1024));
        }
    }

    @Test
    void missingAnswerTimesOut() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        server.removeContext("/");
        server.createContext("/", exchange -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            assertThat(accept(OutgoingTrigger.of("changed", "p-1"))).isInstanceOf(SendOutcome.Unreachable.class);
        } finally {
            never.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX-Slow: ", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"})
    @Timeout(30)
    void slowAnswerTimesOutAndReleasesItsConnection(String beginning) throws Exception {
        int callers = 40;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try (DrippingServer dripping = new DrippingServer(beginning);
                RelayServiceConnection connection = new RelayServiceConnection(settings(dripping.url()))) {
            RelayServiceClient client = new RelayServiceClient(connection.service());
            List<Future<SendOutcome>> answers = threads.invokeAll(
                    Collections.nCopies(callers, () -> client.accept(List.of(OutgoingTrigger.of("changed", "p-1")))));
            for (Future<SendOutcome> answer : answers) {
                assertThat(answer.get())
                        .isInstanceOfSatisfying(
                                SendOutcome.Unreachable.class,
                                unreachable ->
                                        assertThat(unreachable.reason()).containsAnyOf("1500 ms", "Read timed out"));
            }

            dripping.answerNormally();
            assertThat(client.accept(List.of(OutgoingTrigger.of("changed", "p-2"))))
                    .isEqualTo(new SendOutcome.Acknowledged());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refusesInvalidAddress() {
        assertThatThrownBy(() -> settings(URI.create("relay:8083"))).hasMessageContaining("http or https");
        assertThatThrownBy(() -> settings(URI.create("ftp://relay"))).hasMessageContaining("http or https");
        assertThatThrownBy(() -> settings(URI.create("http://me:secret@relay")))
                .hasMessageContaining("must not be part of its url")
                .hasMessageNotContaining("secret");
    }

    @Test
    void passwordIsNotPrinted() {
        assertThat(settings(URI.create("http://relay")).toString()).doesNotContain("secret");
    }

    private SendOutcome accept(OutgoingTrigger... triggers) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (RelayServiceConnection connection = new RelayServiceConnection(settings(url))) {
            return new RelayServiceClient(connection.service()).accept(List.of(triggers));
        }
    }

    private static RelayServiceSettings settings(URI url) {
        return new RelayServiceSettings(url, "billing", "secret", Duration.ofSeconds(1), Duration.ofMillis(500));
    }

    private HttpServer server() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            started.createContext("/", exchange -> {
                requests.incrementAndGet();
                request.set(String.join(
                        " ",
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        exchange.getRequestHeaders().getFirst("Content-Type"),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                exchange.getResponseHeaders().add("Location", "/elsewhere");
                byte[] body = status.get() == 202 ? new byte[0] : "the answer's\nbody".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status.get(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            started.start();
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
