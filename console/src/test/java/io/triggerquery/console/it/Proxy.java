package io.triggerquery.console.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A reverse proxy that adds a prefix to the paths of an application, without informing the application. */
final class Proxy implements AutoCloseable {

    static final String PREFIX = "/tools/payments";

    private static final Set<String> HOP =
            Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade", "expect", "http2-settings");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<InputStream> answers = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private final int target;
    private volatile boolean down;
    private volatile boolean signedOut;
    private volatile boolean keepsEvents;

    Proxy(int target) throws IOException {
        this.target = target;
        this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext(PREFIX, this::forward);
        server.setExecutor(threads);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort() + PREFIX;
    }

    /** Closes all connections, and rejects others until {@link #up}. */
    void down() throws IOException {
        down = true;
        for (InputStream answer : answers) {
            answer.close();
        }
    }

    void up() {
        down = false;
    }

    /** Sends all requests to the page of a login, as an application does whose user is not signed in. */
    void signOut(boolean out) {
        signedOut = out;
    }

    /** Passes on nothing of streams of events. */
    void keepEvents(boolean keep) {
        keepsEvents = keep;
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (down) {
                exchange.sendResponseHeaders(502, -1);
                return;
            }
            if (signedOut) {
                signIn(exchange);
                return;
            }
            HttpResponse<InputStream> answer = client.send(request(exchange), BodyHandlers.ofInputStream());
            answer.headers().map().forEach((name, values) -> {
                if (!name.startsWith(":") && !HOP.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders()
                            .put(name, values.stream().map(Proxy::rewritten).toList());
                }
            });
            try (InputStream body = answer.body()) {
                answers.add(body);
                if (keepsEvents && exchange.getRequestURI().getPath().endsWith("/events")) {
                    body.readAllBytes();
                }
                copy(answer.statusCode(), body, exchange);
                answers.remove(body);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void signIn(HttpExchange exchange) throws IOException {
        boolean isLogin = exchange.getRequestURI().getPath().endsWith("/login");
        exchange.getResponseHeaders().set("Location", PREFIX + "/login");
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(isLogin ? 200 : 302, 0);
    }

    /** Rewrites the path of the application's cookies, as {@code proxy_cookie_path} of nginx does. */
    private static String rewritten(String header) {
        return header.replace("Path=" + Shop.CONTEXT, "Path=" + PREFIX);
    }

    private static void copy(int status, InputStream body, HttpExchange exchange) throws IOException {
        if (status == 304 || status == 204) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, 0);
        byte[] buffer = new byte[8192];
        for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
            exchange.getResponseBody().write(buffer, 0, length);
            exchange.getResponseBody().flush();
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString().substring(PREFIX.length());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + target + Shop.CONTEXT + path));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        byte[] body = exchange.getRequestBody().readAllBytes();
        return request.method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
