package io.triggerquery.consumer.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds a projection in another process, after its query, until the test releases it. */
final class Gate implements AutoCloseable {

    private final Semaphore passes = new Semaphore(0);
    private final AtomicInteger arrived = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    Gate() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::hold);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns how many projections have arrived so far. */
    int arrived() {
        return arrived.get();
    }

    void letThrough(int projections) {
        passes.release(projections);
    }

    private void hold(HttpExchange exchange) throws IOException {
        try (exchange) {
            arrived.incrementAndGet();
            passes.acquire();
            exchange.sendResponseHeaders(204, -1);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
