package io.triggerquery.faultinjection.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A proxy of a server that can cut all connections and accept new ones again. */
public final class Proxy implements AutoCloseable {

    /** Handles one connection. */
    @FunctionalInterface
    interface Wire {

        /** Copies both directions until one side is closed. */
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

    /** Creates a proxy that copies everything unchanged. */
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

    /** Closes all connections and accepts no new ones. */
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

    public void restore() {
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
            // a cut in between has not seen both sockets
            if (!from.isClosed()) {
                wire.carry(client, server);
            }
            open.remove(server);
        } catch (IOException closed) {
            // cut, or one side has closed
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
