package io.triggerquery.bench.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells a stub source how to answer, and asks it what it was asked.
 *
 * <p>Threads: any. Failure: {@link UncheckedIOException} if it does not answer within 5 s, {@link
 * IllegalStateException} if it refuses.
 */
public final class SourceControl {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = new JsonMapper();
    private final URI source;

    /**
     * For one source.
     *
     * @param source its base address
     */
    public SourceControl(URI source) {
        this.source = source;
    }

    /** How long each answer takes. */
    public void latency(Duration latency) {
        change("latencyMicros", Long.toString(latency.toNanos() / 1_000));
    }

    /** The only id that is answered with status 500 from now on, alone or in a batch. */
    public void stick(String id) {
        change("stuck", id);
    }

    /** No id is stuck any more. */
    public void unstick() {
        change("stuck", "");
    }

    /** Whether everything is answered with status 503 at once. */
    public void down(boolean down) {
        change("down", Boolean.toString(down));
    }

    /**
     * Which calls are not answered with a state from now on, beside those for a stuck id; {@link Fault#NONE} ends it.
     */
    public void fault(Fault fault) {
        change("fault", json.writeValueAsString(fault));
    }

    /** The version of every state. */
    public void version(long version) {
        change("version", Long.toString(version));
    }

    private void change(String name, String value) {
        post(Operations.CONTROL, name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /** What it has been asked since the last {@link #reset}. */
    public Counts counts() {
        return json.readValue(send(request(Operations.COUNTS).GET()), Counts.class);
    }

    /** Forgets what it has been asked. */
    public void reset() {
        post(Operations.RESET, "");
    }

    private void post(String path, String form) {
        send(request(path)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(source.resolve(path)).timeout(PATIENCE);
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the source answers " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
