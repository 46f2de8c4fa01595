package io.triggerquery.consumer.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A {@link FleetApplication} in this JVM, with its endpoint over HTTP. */
record FleetInstance(ConfigurableApplicationContext application) implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static FleetInstance start(Map<String, String> settings) {
        return new FleetInstance(new SpringApplicationBuilder(FleetApplication.class)
                .run(settings.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new)));
    }

    Set<String> projected() {
        return application.getBean(FleetApplication.class).projected;
    }

    JsonNode get(String path) throws Exception {
        return JsonMapper.shared().readTree(call("GET", path, "").body());
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return call("POST", path, body);
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/triggerquery/" + path);
        return HTTP.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        application.close();
    }
}
