package io.triggerquery.consumer.internal.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that sends exactly the bytes of a test. */
final class RawServer implements AutoCloseable {

    /** Answers one request; false closes the connection. */
    @FunctionalInterface
    interface Answer {
        boolean to(String request, Socket connection) throws Exception;
    }

    final AtomicInteger connections = new AtomicInteger();
    final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    final CountDownLatch hungUp = new CountDownLatch(1);

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket server;
    private final String scheme;

    RawServer() throws IOException {
        this("http", new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
    }

    RawServer(String scheme, ServerSocket server) {
        this.scheme = scheme;
        this.server = server;
        threads.execute(this::accept);
    }

    URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
    }

    RawServer on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    RawServer on(String path, String bytes) {
        return on(path, (request, connection) -> {
            write(connection, bytes);
            return true;
        });
    }

    /** Sends nothing and waits for the client to close the connection. */
    boolean silent(String request, Socket connection) throws IOException {
        try {
            if (connection.getInputStream().read() < 0) {
                hungUp.countDown();
            }
        } catch (IOException reset) {
            hungUp.countDown();
        }
        return false;
    }

    static void write(Socket connection, String bytes) throws IOException {
        connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** An answer with a length. */
    static String answer(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    static String thing(String id) {
        return "{\"id\":\"" + id + "\"}";
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                open.add(connection);
                connections.incrementAndGet();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException stopped) {
            // the test is over
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            String request = read(connection.getInputStream());
            while (!request.isEmpty()) {
                requests.add(request);
                String path = request.split(" ")[1];
                String id = URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
                Answer answer = answers.getOrDefault(path, (any, socket) -> {
                    write(socket, answer("200 OK", thing(id)));
                    return true;
                });
                request = answer.to(request, connection) ? read(connection.getInputStream()) : "";
            }
        } catch (Exception closed) {
            // the client closed the connection, or the test is over
        } finally {
            open.remove(connection);
        }
    }

    private static String read(InputStream in) throws IOException {
        var request = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            request.append((char) next);
            int head = request.indexOf("\r\n\r\n");
            if (head >= 0 && request.length() == head + 4 + length(request.substring(0, head))) {
                return request.toString();
            }
        }
        return "";
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        threads.shutdownNow();
    }
}
