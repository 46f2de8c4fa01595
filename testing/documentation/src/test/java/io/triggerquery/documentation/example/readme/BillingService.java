package io.triggerquery.documentation.example.readme;

import com.sun.net.httpserver.HttpServer;
import io.triggerquery.producer.TriggerPublisher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The service that the README's listener queries: it answers with the version of a payment, and publishes changes. */
final class BillingService implements AutoCloseable {

    private final Map<String, Long> versions = new ConcurrentHashMap<>();
    private final HttpServer server;

    BillingService() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/api/billings/", call -> {
            String id = call.getRequestURI().getPath().substring("/api/billings/".length());
            byte[] answer = "{\"paymentId\":\"%s\",\"billed\":true,\"billId\":\"bill-1\",\"version\":%d}"
                    .formatted(id, versions.get(id))
                    .getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().add("Content-Type", "application/json");
            call.sendResponseHeaders(200, answer.length);
            call.getResponseBody().write(answer);
            call.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void change(TriggerPublisher triggers, String paymentId, long version) {
        versions.put(paymentId, version);
        triggers.publish("billing-changed", paymentId);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
