package io.triggerquery.producer.matrix;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A relay service that accepts every request, and records the ids that it would send. */
final class RelayServiceStub implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    // key: "accepted" or a registration; value: the id
    private final Map<String, String> willSend = new ConcurrentHashMap<>();
    private final Map<String, String> activated = new ConcurrentHashMap<>();

    RelayServiceStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            take(exchange.getRequestURI().getPath(), JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(String path, JsonNode body) {
        if (path.endsWith("/cancel")) {
            body.path("registrations").forEach(one -> willSend.remove(one.asString()));
            return;
        }
        body.path("triggers").forEach(one -> willSend.put("accepted " + id(one), id(one)));
        body.path("registrations").forEach(one -> {
            (path.endsWith("/activate") ? activated : willSend)
                    .put(one.path("registration").asString(), id(one));
        });
    }

    private static String id(JsonNode trigger) {
        return trigger.path("id").asString();
    }

    boolean willSend(String id) {
        return willSend.containsValue(id) || activated.containsValue(id);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
