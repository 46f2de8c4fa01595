package io.triggerquery.producer.internal.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server that sends the beginning of an answer, and then one byte every 100 ms without end. */
final class DrippingServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String beginning;
    private volatile boolean normal;

    DrippingServer(String beginning) throws IOException {
        this.beginning = beginning;
        threads.execute(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    void answerNormally() {
        normal = true;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket accepted = socket.accept();
                threads.execute(() -> answer(accepted));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket accepted) {
        try (accepted) {
            accepted.getInputStream().read(new byte[4_096]);
            OutputStream to = accepted.getOutputStream();
            if (normal) {
                write(to, "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                return;
            }
            write(to, beginning);
            while (!socket.isClosed()) {
                write(to, "x");
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (IOException e) {
            // the client has closed the connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.US_ASCII));
        to.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
