package io.triggerquery.demo.launcher.check;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON client of one service.
 *
 * <p>Failure: an answer that is not 2xx or not JSON, or no answer in time, is an {@link IOException} that names the
 * call.
 */
final class JsonClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    // voiding a bill with thousands of payments is one transaction
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int SHOWN = 300;

    private final URI base;
    private final ObjectMapper mapper = JsonMapper.shared();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    JsonClient(URI base) {
        this.base = base;
    }

    JsonNode get(String path) throws IOException {
        return send("GET " + path, request(path).GET().build())
                .orElseThrow(() -> new IOException("GET " + base + path + " answered 404"));
    }

    /** Returns the answer; empty if the service answers 404. */
    Optional<JsonNode> find(String path) throws IOException {
        return send("GET " + path, request(path).GET().build());
    }

    JsonNode post(String path, String json) throws IOException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return send("POST " + path, request)
                .orElseThrow(() -> new IOException("POST " + base + path + " answered 404"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
    }

    private Optional<JsonNode> send(String call, HttpRequest request) throws IOException {
        String where = call.replace(" ", " " + base);
        HttpResponse<String> answer;
        try {
            answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException(where + ": no answer (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(where + ": interrupted", e);
        }
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(where + " answered " + answer.statusCode() + " " + shortened(answer.body()));
        }
        try {
            return Optional.of(mapper.readTree(answer.body()));
        } catch (JacksonException e) {
            throw new IOException(where + " did not answer with JSON: " + shortened(answer.body()), e);
        }
    }

    private static String shortened(String body) {
        return body.length() > SHOWN ? body.substring(0, SHOWN) + "..." : body;
    }
}
