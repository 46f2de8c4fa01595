package io.triggerquery.demo.launcher.part;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON client of one service.
 *
 * <p>Failure: an answer that is not 2xx or not JSON, or no answer in time, is an {@link IOException} that names the
 * call.
 */
public final class ServiceClient {

    private static final int SHOWN = 160;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String base;
    private final Duration timeout;

    public ServiceClient(String base, Duration timeout) {
        this.base = base;
        this.timeout = timeout;
    }

    public JsonNode get(String path) throws IOException {
        return send(request(path).build());
    }

    public JsonNode post(String path, String json) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout);
    }

    private static JsonNode send(HttpRequest request) throws IOException {
        String call = request.method() + " " + request.uri();
        HttpResponse<String> answer;
        try {
            answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException(call + ": no answer (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(call + ": interrupted", e);
        }
        String body = answer.body();
        String shown = body.length() > SHOWN ? body.substring(0, SHOWN) + "..." : body;
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(call + " answered " + answer.statusCode() + " " + shown);
        }
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new IOException(call + " did not answer with JSON: " + shown, e);
        }
    }
}
