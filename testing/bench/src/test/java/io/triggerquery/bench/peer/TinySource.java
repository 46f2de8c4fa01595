package io.triggerquery.bench.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.triggerquery.bench.source.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** A source that answers at once, and fails a few times for some ids, alone or in a batch. */
final class TinySource implements AutoCloseable {

    private static final String PATH = "/api/billings";
    private static final int BACKLOG = 1_000;

    static {
        // otherwise the second packet of an answer waits 40 ms for the acknowledgment of the first
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final HttpsServer secureServer;
    private final Path certificate;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Integer> failuresLeft = new ConcurrentHashMap<>();

    TinySource(Certificate certificate) throws IOException, GeneralSecurityException {
        this.certificate = certificate.trusted();
        server = HttpServer.create(address(), BACKLOG);
        secureServer = HttpsServer.create(address(), BACKLOG);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(certificate.keys().getKeyManagers(), null, null);
        secureServer.setHttpsConfigurator(new HttpsConfigurator(tls));
        start(server);
        start(secureServer);
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void start(HttpServer created) {
        created.setExecutor(threads);
        created.createContext(PATH, this::answer);
        created.start();
    }

    PeerSettings.Source addresses() {
        return new PeerSettings.Source(
                url(),
                URI.create("https://127.0.0.1:" + secureServer.getAddress().getPort()),
                certificate);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Lets the next calls for the id fail. */
    void fail(String id, int times) {
        failuresLeft.put(id, times);
    }

    /** Returns the number of remaining failures. */
    int failuresLeft(String id) {
        return failuresLeft.get(id);
    }

    private void answer(HttpExchange call) throws IOException {
        String query = call.getRequestURI().getQuery();
        String path = call.getRequestURI().getPath();
        String[] ids = query == null
                ? new String[] {path.substring(PATH.length() + 1)}
                : query.substring("ids=".length()).split(",");
        boolean fails = false;
        for (String id : ids) {
            Integer before = failuresLeft.computeIfPresent(id, (same, left) -> left - 1);
            fails |= before != null && before >= 0;
        }
        String states = Arrays.stream(ids).map(TinySource::state).collect(Collectors.joining(","));
        byte[] body = (query == null ? states : "[" + states + "]").getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(fails ? 500 : 200, body.length);
        try (var out = call.getResponseBody()) {
            out.write(body);
        }
    }

    private static String state(String id) {
        return "{\"paymentId\":\"" + id + "\",\"billed\":true,\"billId\":\"bill-1\",\"version\":1}";
    }

    @Override
    public void close() {
        server.stop(0);
        secureServer.stop(0);
        threads.shutdownNow();
    }
}
