package io.triggerquery.proof.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server; can cut every connection and heal. */
public final class Proxy implements AutoCloseable {

    /** What happens on one connection. */
    @FunctionalInterface
    interface Wire {

        /** Carries both ways until one side is closed. */
        void carry(Socket client, Socket server) throws IOException;
    }

    private final InetSocketAddress upstream;
    private final Wire wire;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listening;

    Proxy(int upstreamPort, Wire wire) {
        this.upstream = new InetSocketAddress(InetAddress.getLoopbackAddress(), upstreamPort);
        this.wire = wire;
        this.listening = listen(0);
        this.port = listening.getLocalPort();
    }

    /** Carries everything as it is. */
    static void plain(Socket client, Socket server) throws IOException {
        daemon(() -> pump(server, client));
        client.getInputStream().transferTo(server.getOutputStream());
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // cut
        }
    }

    public int port() {
        return port;
    }

    /** Nothing goes through any more, and nobody is let in. */
    public void cut() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.clear();
    }

    public void heal() {
        listening = listen(port);
    }

    private ServerSocket listen(int on) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), on));
            daemon(() -> {
                while (!server.isClosed()) {
                    accept(server);
                }
            });
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        try {
            Socket client = from.accept();
            open.add(client);
            daemon(() -> connect(from, client));
        } catch (IOException closed) {
            // cut
        }
    }

    private void connect(ServerSocket from, Socket client) {
        try (client;
                Socket server = new Socket()) {
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(upstream);
            // a cut that came in between has not seen both
            if (!from.isClosed()) {
                wire.carry(client, server);
            }
            open.remove(server);
        } catch (IOException closed) {
            // cut, or one side has gone
        }
        open.remove(client);
    }

    static void daemon(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        cut();
    }
}
