package io.triggerquery.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PortTest {

    private static final ProcessHandle ME = ProcessHandle.current();

    @Test
    void messageNamesTheProcessThatUsesThePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Port port = new Port(socket.getLocalPort());
            assertThat(port.isFree()).isFalse();
            assertThat(port.takenSentence("the broker", "DEMO_BROKER_PORT"))
                    .startsWith("Port " + port.number() + ", needed by the broker, is already taken")
                    .endsWith(". Stop that process, or set DEMO_BROKER_PORT to another port.");
            if (Files.isReadable(Path.of("/proc/net/tcp"))) {
                assertThat(port.takenSentence("the broker", "DEMO_BROKER_PORT"))
                        .contains(" by process " + ME.pid() + " (");
            }
        }
    }

    @Test
    void listenerOnAllAddressesUsesThePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            assertThat(new Port(socket.getLocalPort()).isFree()).isFalse();
        }
    }

    @Test
    void closedPortIsFree() throws IOException {
        int number;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            number = socket.getLocalPort();
        }
        assertThat(new Port(number).isFree()).isTrue();
        assertThat(new Port(number).holder()).isEmpty();
    }

    @Test
    void waitsForAPortWithoutAKnownHolder() throws IOException {
        Socket lingering = new Socket();
        lingering.setReuseAddress(false);
        lingering.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Port port = new Port(lingering.getLocalPort());
        assertThat(port.isFree()).isFalse();
        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(() -> close(lingering));
        assertThat(port.isBecomingFree()).isTrue();
    }

    @Test
    void doesNotWaitForAPortWithAKnownHolder() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new Port(socket.getLocalPort()).isBecomingFree()).isFalse();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void distinguishesItsOwnProcessFromAnother() throws IOException {
        Process other = new ProcessBuilder("sleep", "60").start();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Port port = new Port(socket.getLocalPort());
            assertThat(port.isHeldByOtherThan(ME)).isFalse();
            assertThat(port.isHeldByOtherThan(other.toHandle()))
                    .isEqualTo(port.holder().isPresent());
        } finally {
            other.destroyForcibly();
        }
    }
}
