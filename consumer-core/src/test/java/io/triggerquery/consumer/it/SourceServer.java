package io.triggerquery.consumer.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A real HTTP source: a version for each id, and answers that a test can let fail. */
final class SourceServer implements AutoCloseable {

    static final int PAGE = 10;

    final Map<String, Long> versions = new ConcurrentHashMap<>();
    final Set<String> failing = ConcurrentHashMap.newKeySet();

    /** Ids whose queries get no answer. */
    final Set<String> hanging = ConcurrentHashMap.newKeySet();

    final AtomicInteger queries = new AtomicInteger();
    final Set<String> traceparents = ConcurrentHashMap.newKeySet();
    final AtomicInteger largest = new AtomicInteger();
    final AtomicInteger pages = new AtomicInteger();
    volatile boolean down;
    volatile int paddingBytes;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    SourceServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/api/things/", this::answer);
        server.createContext("/api/things", this::answerMany);
        server.createContext("/api/thing-versions", this::list);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            queries.incrementAndGet();
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("traceparent"))
                    .ifPresent(traceparents::add);
            String segment = exchange.getRequestURI().getRawPath().substring("/api/things/".length());
            String id = URLDecoder.decode(segment, StandardCharsets.UTF_8);
            Long version = versions.get(id);
            if (hanging.contains(id)) {
                awaitClosing();
            }
            if (down || failing.contains(id)) {
                send(exchange, down ? 503 : 500, "{}");
            } else if (version == null) {
                send(exchange, 404, "{}");
            } else {
                send(
                        exchange,
                        200,
                        "{\"id\":\"%s\",\"version\":%d,\"padding\":\"%s\"}"
                                .formatted(id, version, "x".repeat(paddingBytes)));
            }
        }
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers for known ids; fails as a whole if one of the ids fails. */
    private void answerMany(HttpExchange exchange) throws IOException {
        try (exchange) {
            queries.incrementAndGet();
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("traceparent"))
                    .ifPresent(traceparents::add);
            String query = exchange.getRequestURI().getQuery();
            List<String> ids = List.of(query.substring("ids=".length()).split(","));
            largest.accumulateAndGet(ids.size(), Math::max);
            if (down || ids.stream().anyMatch(failing::contains)) {
                send(exchange, down ? 503 : 500, "{}");
            } else {
                send(
                        exchange,
                        200,
                        ids.stream()
                                .filter(versions::containsKey)
                                .map(id -> "{\"id\":\"%s\",\"version\":%d}".formatted(id, versions.get(id)))
                                .collect(Collectors.joining(",", "[", "]")));
            }
        }
    }

    /** Returns ten ids after the cursor in order, with their versions. */
    private void list(HttpExchange exchange) throws IOException {
        try (exchange) {
            pages.incrementAndGet();
            String query = exchange.getRequestURI().getQuery();
            String cursor = query == null ? "" : query.substring("after=".length());
            var page = new TreeMap<>(versions)
                    .tailMap(cursor, false).entrySet().stream().limit(PAGE).toList();
            String entries = page.stream()
                    .map(entry -> "{\"id\":\"%s\",\"version\":%d,\"deleted\":false}"
                            .formatted(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining(","));
            String next =
                    page.size() < PAGE ? "null" : "\"" + page.get(PAGE - 1).getKey() + "\"";
            send(exchange, down ? 503 : 200, "{\"entries\":[" + entries + "],\"next\":" + next + "}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
