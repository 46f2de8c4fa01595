package io.triggerquery.producer.internal.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.triggerquery.producer.Alarm;
import io.triggerquery.producer.LogCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class WebhookAlarmTest {

    private static final Alarm OUTAGE = new Alarm.Outage("changed", "away");

    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private volatile boolean hangs;
    private final AtomicInteger drips = new AtomicInteger();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=secret");
    private final WebhookAlarm webhook =
            new WebhookAlarm(new AlarmPost(url, "billing", Duration.ofMillis(1), Duration.ofSeconds(1)));

    WebhookAlarmTest() throws IOException {
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/hook", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        mayAnswer.countDown();
        webhook.close();
        server.stop(0);
    }

    @Test
    void postsAlarmWithItsFields() {
        webhook.raise(OUTAGE);
        webhook.close();

        JsonNode body = JsonMapper.builder().build().readTree(received.remove());
        assertThat(body.propertyNames())
                .containsExactly("alarm", "service", "text", "at", "destination", "cause", "allClear");
        assertThat(body.get("alarm").asString()).isEqualTo("outage");
        assertThat(body.get("service").asString()).isEqualTo("billing");
        assertThat(body.get("text").asString()).isEqualTo(OUTAGE.text());
        assertThat(body.get("cause").asString()).isEqualTo("away");
    }

    @Test
    void postsEveryKindOfAlarm() {
        List.of(
                        new Alarm.Recovered("changed", Duration.ofMinutes(30)),
                        new Alarm.Parked("changed", 3, "too large"),
                        new Alarm.Undelivered("changed", 3, "full"),
                        new Alarm.SpoolDamaged(Path.of("/spool/quarantine")),
                        new Alarm.SpoolFull(Path.of("/spool")),
                        new Alarm.SpoolUnavailable(Path.of("/spool"), "no space"),
                        new Alarm.SpoolAvailable(Path.of("/spool")))
                .forEach(webhook::raise);
        webhook.close();

        assertThat(received)
                .hasSize(7)
                .anyMatch(body -> body.contains("\"duration\":\"PT30M\""))
                .anyMatch(body -> body.contains("\"allClear\":true"))
                .anyMatch(body -> body.contains("\"alarm\":\"spool-unavailable\""))
                .anyMatch(body -> body.contains("\"count\":3"))
                .anyMatch(body -> body.contains("\"quarantined\":\"/spool/quarantine\""));
    }

    @Test
    void slowAnswerTimesOutAndTheNextAlarmIsPosted() {
        drips.set(4);
        try (LogCapture log = LogCapture.of(WebhookAlarm.class)) {
            webhook.raise(OUTAGE);
            webhook.raise(new Alarm.Recovered("changed", Duration.ofSeconds(1)));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> received.stream().anyMatch(body -> body.contains("recovered")));

            assertThat(log.messages(Level.ERROR))
                    .singleElement()
                    .satisfies(message ->
                            assertThat(message).contains("HttpTimeoutException").doesNotContain("secret"));
        }
    }

    @Test
    void retriesAfterServerErrors() {
        statuses.addAll(List.of(500, 429, 503, 204));
        try (LogCapture log = LogCapture.of(WebhookAlarm.class)) {
            webhook.raise(OUTAGE);
            webhook.close();

            assertThat(log.messages(Level.ERROR)).isEmpty();
        }
        assertThat(received).hasSize(4);
    }

    @Test
    void givesUpAfterFourAttemptsAndPostsTheNextAlarm() {
        statuses.addAll(List.of(500, 500, 500, 500, 200));
        try (LogCapture log = LogCapture.of(WebhookAlarm.class)) {
            webhook.raise(OUTAGE);
            webhook.raise(new Alarm.Recovered("changed", Duration.ofSeconds(1)));
            webhook.close();

            assertThat(log.messages(Level.ERROR)).singleElement().asString().contains("500", OUTAGE.text());
        }
        assertThat(received).hasSize(5);
    }

    @Test
    void refusedAlarmIsNotRetried() {
        statuses.addAll(List.of(404));
        webhook.raise(OUTAGE);
        webhook.close();

        assertThat(received).hasSize(1);
    }

    @Test
    void unavailableReceiverIsLoggedWithoutItsSecret() {
        server.stop(0);
        try (LogCapture log = LogCapture.of(WebhookAlarm.class)) {
            webhook.raise(OUTAGE);
            webhook.close();

            assertThat(log.messages(Level.ERROR))
                    .singleElement()
                    .asString()
                    .contains("did not answer", OUTAGE.text())
                    .doesNotContain("secret");
        }
    }

    @Test
    void hangingReceiverDoesNotBlockPublishersAndHundredAndFirstAlarmIsDropped() throws InterruptedException {
        hangs = true;
        webhook.raise(OUTAGE);
        received.take();
        try (LogCapture log = LogCapture.of(WebhookAlarm.class)) {
            for (int n = 0; n < WebhookAlarm.MAX_WAITING; n++) {
                webhook.raise(OUTAGE);
            }
            assertThat(log.messages(Level.ERROR)).isEmpty();

            webhook.raise(OUTAGE);
            assertThat(log.messages(Level.ERROR)).singleElement().asString().contains("too many wait");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/x", "/hook", "http:hook", "mailto:someone@example.org"})
    void refusesInvalidAddress(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookAlarm(URI.create(address), "billing"))
                .withMessageContaining("triggerquery.producer.alarm.webhook");
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (hangs) {
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (drips.getAndDecrement() > 0) {
            drip(exchange);
        }
        Integer status = statuses.poll();
        exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        exchange.close();
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            while (!mayAnswer.await(100, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
