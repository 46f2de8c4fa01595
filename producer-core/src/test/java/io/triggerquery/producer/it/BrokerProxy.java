package io.triggerquery.producer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy at the address that the broker advertises. It can cut and restore all connections. */
final class BrokerProxy implements AutoCloseable {

    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile InetSocketAddress broker = new InetSocketAddress("127.0.0.1", 1);
    private volatile ServerSocket server;

    BrokerProxy() throws IOException {
        this.server = listen(0);
        this.port = server.getLocalPort();
    }

    int port() {
        return port;
    }

    void forwardTo(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        broker = new InetSocketAddress("127.0.0.1", Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    void cut() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    void restore() throws IOException {
        server = listen(port);
    }

    private ServerSocket listen(int on) throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), on));
        daemon(() -> {
            while (!listening.isClosed()) {
                accept(listening);
            }
        });
        return listening;
    }

    private void accept(ServerSocket listening) {
        try {
            Socket client = listening.accept();
            Socket upstream = new Socket();
            open.add(client);
            open.add(upstream);
            upstream.connect(broker);
            daemon(() -> pump(client, upstream));
            daemon(() -> pump(upstream, client));
            if (listening.isClosed()) {
                client.close();
                upstream.close();
            }
        } catch (IOException closed) {
            // cut
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // cut
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "broker-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
