package io.triggerquery.producer.internal.alarm;

import io.triggerquery.producer.Alarm;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Posts one alarm and waits until it is accepted or the deadline has passed. Threads: one at a time. */
final class AlarmPost {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 4;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(Path.class, ToStringSerializer.instance))
            .build();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI url;
    private final String service;
    private final Duration deadline;
    private final Retry retry;

    /**
     * Posts to this address.
     *
     * @param firstPause before the second attempt; twice as long before each of the others
     * @param deadline for each attempt, from looking up the address to the answer's last byte
     */
    AlarmPost(URI url, String service, Duration firstPause, Duration deadline) {
        if (!Set.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "an alarm can be posted to an http or https address only: set triggerquery.producer.alarm.webhook");
        }
        this.url = url;
        this.service = service;
        this.deadline = deadline;
        this.retry = Retry.of(
                "alarm-webhook",
                RetryConfig.<Integer>custom()
                        .maxAttempts(ATTEMPTS)
                        .intervalFunction(IntervalFunction.ofExponentialBackoff(firstPause, 2))
                        .retryOnResult(status -> status == TOO_MANY_REQUESTS || status >= SERVER_ERROR)
                        .retryExceptions(UncheckedIOException.class)
                        .build());
    }

    void send(Alarm alarm) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(alarm)))
                .build();
        int status = retry.executeSupplier(() -> attempt(request));
        if (status / 100 != 2) {
            throw new IllegalStateException("the receiver answered " + status);
        }
    }

    /** The request's own timeout ends with the answer's headers. */
    private int attempt(HttpRequest request) {
        CompletableFuture<HttpResponse<Void>> answer = http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (TimeoutException e) {
            throw failure(new HttpTimeoutException("no complete answer"));
        } catch (ExecutionException e) {
            throw failure(e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the process stops", e);
        } finally {
            // ends the exchange if it is not over
            answer.cancel(true);
        }
    }

    private static UncheckedIOException failure(IOException e) {
        return new UncheckedIOException(e.getClass().getSimpleName() + ", the receiver did not answer", e);
    }

    private String body(Alarm alarm) {
        ObjectNode body = JSON.createObjectNode();
        body.put("alarm", alarm.kind());
        body.put("service", service);
        body.put("text", alarm.text());
        body.put("at", Instant.now().toString());
        ObjectNode fields = JSON.valueToTree(alarm);
        body.setAll(fields);
        return JSON.writeValueAsString(body);
    }
}
