package io.triggerquery.demo.launcher.check;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Billing and payment in one server. Triggers arrive at once: a query of payment projects billing's state, except for
 * the ids that the test excludes.
 *
 * <p>Threads: the server has one, the test reads and writes between its requests.
 */
final class FakeServices implements AutoCloseable {

    final Map<String, Billed> billings = new LinkedHashMap<>();
    final Map<String, Billed> projections = new LinkedHashMap<>();
    final Map<String, Integer> metrics = new LinkedHashMap<>();
    /** The payment whose triggers are lost. */
    String lostTriggerId = "none";

    int largestQuery;
    int pages;
    private int bills;
    private final HttpServer server;

    FakeServices() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/payments", exchange -> answer(exchange, page(exchange)));
        server.createContext("/api/payments/sample", exchange -> answer(exchange, sample(exchange)));
        server.createContext("/api/billings", exchange -> answer(exchange, billings(exchange)));
        server.createContext("/api/bills", exchange -> answer(exchange, bill(exchange)));
        server.createContext("/actuator/metrics", exchange -> answer(exchange, metric(exchange)));
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Adds a payment with the same state in both services. */
    void both(String id, Billed state) {
        billings.put(id, state);
        projections.put(id, state);
    }

    /** Removes a payment from billing. */
    void removeFromBilling(String id) {
        billings.remove(id);
    }

    void paymentOnly(String id) {
        projections.put(id, new Billed(false, null, 0));
    }

    private String page(HttpExchange exchange) {
        pages++;
        int page = Integer.parseInt(parameter(exchange, "page"));
        int size = Integer.parseInt(parameter(exchange, "size"));
        String content = projections.entrySet().stream()
                .skip((long) page * size)
                .limit(size)
                .map(entry -> "{\"id\":\"%s\",\"billed\":%b,\"billId\":%s,\"billingVersion\":%s}"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().billed(),
                                quoted(entry.getValue().billId()),
                                entry.getValue().version() == 0
                                        ? "null"
                                        : Long.toString(entry.getValue().version())))
                .collect(Collectors.joining(","));
        return "{\"content\":[%s],\"page\":%d,\"size\":%d,\"total\":%d}"
                .formatted(content, page, size, projections.size());
    }

    private String sample(HttpExchange exchange) {
        int count = Integer.parseInt(parameter(exchange, "count"));
        int first = projections.size();
        for (int i = first; i < first + count; i++) {
            change("p-" + i, new Billed(false, null, 1));
        }
        return "{\"created\":" + count + "}";
    }

    private String billings(HttpExchange exchange) {
        List<String> ids = Arrays.asList(parameter(exchange, "ids").split(","));
        largestQuery = Math.max(largestQuery, ids.size());
        return ids.stream()
                .filter(billings::containsKey)
                .map(id -> "{\"paymentId\":\"%s\",\"billed\":%b,\"billId\":%s,\"version\":%d}"
                        .formatted(
                                id,
                                billing(id).billed(),
                                quoted(billing(id).billId()),
                                billing(id).version()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String bill(HttpExchange exchange) {
        boolean voids = exchange.getRequestURI().getPath().endsWith("/void");
        String billId = voids ? null : "bill-" + ++bills;
        List<String> ids = billings.keySet().stream()
                .filter(id -> billing(id).billed() == voids)
                .toList();
        ids.forEach(id -> change(id, new Billed(!voids, billId, billing(id).version() + 1)));
        return "{\"billId\":%s,\"count\":%d}".formatted(quoted(billId), ids.size());
    }

    private void change(String id, Billed state) {
        billings.put(id, state);
        if (!id.equals(lostTriggerId) || !projections.containsKey(id)) {
            projections.put(id, state);
        }
    }

    private @Nullable String metric(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        Integer count = metrics.get(path.substring(path.lastIndexOf('.') + 1));
        return count == null ? null : "{\"measurements\":[{\"statistic\":\"COUNT\",\"value\":%d.0}]}".formatted(count);
    }

    private Billed billing(String id) {
        return Objects.requireNonNull(billings.get(id));
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    private static String parameter(HttpExchange exchange, String name) {
        return Arrays.stream(exchange.getRequestURI().getQuery().split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static void answer(HttpExchange exchange, @Nullable String json) {
        try (exchange) {
            byte[] body = (json == null ? "" : json).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(json == null ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
