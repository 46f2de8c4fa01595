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
 * Configures a stub source, and reads its counts.
 *
 * <p>Threads: any. Failure: {@link UncheckedIOException} if it does not answer within 5 s, {@link
 * IllegalStateException} if it rejects a setting.
 */
public final class SourceControl {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = new JsonMapper();
    private final URI source;

    /**
     * Creates a client of one source.
     *
     * @param source its base address
     */
    public SourceControl(URI source) {
        this.source = source;
    }

    /** Sets the latency of each answer. */
    public void latency(Duration latency) {
        change("latencyMicros", Long.toString(latency.toNanos() / 1_000));
    }

    /** Sets the only id that is answered with status 500, alone or in a batch. */
    public void stick(String id) {
        change("stuck", id);
    }

    /** Ends the failures of the stuck id. */
    public void unstick() {
        change("stuck", "");
    }

    /** Sets whether every call is answered with status 503 at once. */
    public void down(boolean down) {
        change("down", Boolean.toString(down));
    }

    /**
     * Sets the calls that are not answered with a state, in addition to those for a stuck id; {@link Fault#NONE} ends
     * the fault.
     */
    public void fault(Fault fault) {
        change("fault", json.writeValueAsString(fault));
    }

    /** Sets the version of every state. */
    public void version(long version) {
        change("version", Long.toString(version));
    }

    private void change(String name, String value) {
        post(Operations.CONTROL, name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /** Returns the counts since the last {@link #reset}. */
    public Counts counts() {
        return json.readValue(send(request(Operations.COUNTS).GET()), Counts.class);
    }

    /** Resets the counts. */
    public void reset() {
        post(Operations.RESET, "");
    }

    private void post(String path, String form) {
        send(request(path)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(source.resolve(path)).timeout(TIMEOUT);
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
