package io.triggerquery.consumer.internal.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** An HTTP proxy that opens tunnels and forwards requests. */
final class TestProxy implements AutoCloseable {

    /** The heads of the requests to the proxy itself. */
    final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    final CountDownLatch hungUp = new CountDownLatch(1);

    /** The answer to each request, or null to serve it. */
    volatile String refusal;

    /** Whether the proxy never answers. */
    volatile boolean silent;

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket server;

    TestProxy() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException stopped) {
            // the test is over
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            requests.add(head);
            String[] line = head.split(" ");
            if (silent) {
                if (client.getInputStream().read() < 0) {
                    hungUp.countDown();
                }
            } else if (refusal != null) {
                RawServer.write(client, refusal);
            } else if (line[0].equals("CONNECT")) {
                tunnel(client, line[1]);
            } else {
                forward(client, head, URI.create(line[1]));
            }
        } catch (IOException closed) {
            hungUp.countDown();
        }
    }

    private void tunnel(Socket client, String target) throws IOException {
        String[] parts = target.split(":");
        try (Socket source = new Socket(parts[0], Integer.parseInt(parts[1]))) {
            open.add(source);
            RawServer.write(client, "HTTP/1.1 200 Connection Established\r\n\r\n");
            threads.execute(() -> copy(source, client));
            client.getInputStream().transferTo(source.getOutputStream());
        }
    }

    private void forward(Socket client, String head, URI url) throws IOException {
        try (Socket source = new Socket(url.getHost(), url.getPort())) {
            open.add(source);
            source.getOutputStream()
                    .write(head.replace(url.toString(), url.getRawPath()).getBytes(StandardCharsets.ISO_8859_1));
            source.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // the client or the test has ended
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The client has closed the connection.");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        threads.shutdownNow();
    }
}
