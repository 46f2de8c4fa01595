package io.triggerquery.producer.internal.alarm;

import io.triggerquery.producer.Alarm;
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
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Posts alarms, in at most {@value #ATTEMPTS} attempts each, and waits for the result. Threads: one at a time. */
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
    private final RetryTemplate retry;

    /**
     * Creates a post to an address.
     *
     * @param firstPause the pause before the second attempt; it doubles before each further attempt
     * @param deadline the maximum duration of an attempt, from the name look-up to the last byte of the response
     */
    AlarmPost(URI url, String service, Duration firstPause, Duration deadline) {
        if (!Set.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "alarms are posted to an http or https address: correct triggerquery.producer.alarm.webhook");
        }
        this.url = url;
        this.service = service;
        this.deadline = deadline;
        this.retry = new RetryTemplate(RetryPolicy.builder()
                .includes(UncheckedIOException.class, TemporaryFailure.class)
                .maxRetries(ATTEMPTS - 1)
                .delay(firstPause)
                .multiplier(2)
                .build());
    }

    void send(Alarm alarm) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(alarm)))
                .build();
        retry.invoke(() -> check(attempt(request)));
    }

    private static void check(int status) {
        if (status == TOO_MANY_REQUESTS || status >= SERVER_ERROR) {
            throw new TemporaryFailure(status);
        }
        if (status / 100 != 2) {
            throw new IllegalStateException(reason(status));
        }
    }

    private static String reason(int status) {
        return "the receiver answered with status " + status;
    }

    /** An answer after which another attempt may succeed. */
    private static final class TemporaryFailure extends IllegalStateException {

        TemporaryFailure(int status) {
            super(reason(status));
        }
    }

    /** Sends the request once. Its own timeout covers only the time to the headers of the response. */
    private int attempt(HttpRequest request) {
        CompletableFuture<HttpResponse<Void>> response =
                http.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return response.get(deadline.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (TimeoutException e) {
            throw failure(new HttpTimeoutException("no complete response"));
        } catch (ExecutionException e) {
            throw failure(e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the process stops", e);
        } finally {
            // ends the exchange if it is not complete
            response.cancel(true);
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
