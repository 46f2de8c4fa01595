package io.triggerquery.documentation.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A service that answers for every id but the failing ones. */
public final class StandInBilling implements AutoCloseable {

    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    public StandInBilling() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/api/billings", this::answer);
        server.start();
    }

    private void answer(HttpExchange call) throws IOException {
        authorizations.addAll(call.getRequestHeaders().getOrDefault("Authorization", List.of()));
        String query = call.getRequestURI().getRawQuery();
        Set<String> ids = query == null
                ? Set.of(call.getRequestURI().getPath().substring("/api/billings/".length()))
                : Set.of(query.substring("ids=".length()).split(",|%2C"));
        if (failing.stream().anyMatch(ids::contains)) {
            call.sendResponseHeaders(500, -1);
        } else {
            String states = ids.stream().map(StandInBilling::state).collect(Collectors.joining(","));
            byte[] body = (query == null ? states : "[" + states + "]").getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().add("Content-Type", "application/json");
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
        }
        call.close();
    }

    private static String state(String id) {
        return "{\"paymentId\":\"%s\",\"billed\":true,\"billId\":\"bill-1\",\"version\":1,\"more\":2}".formatted(id);
    }

    /** Lets each query of the id fail. */
    public void fail(String id) {
        failing.add(id);
    }

    public void heal(String id) {
        failing.remove(id);
    }

    /** Returns the values of the header Authorization in all queries. */
    public Set<String> authorizations() {
        return authorizations;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
