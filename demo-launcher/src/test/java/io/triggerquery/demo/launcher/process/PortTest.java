package io.triggerquery.demo.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortTest {

    private static final ProcessHandle ME = ProcessHandle.current();

    @Test
    void saysWhoHasTakenIt() throws IOException {
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
    void isTakenByWhoeverListensOnAllAddresses() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            assertThat(new Port(socket.getLocalPort()).isFree()).isFalse();
        }
    }

    @Test
    void isFreeAgainOnceClosed() throws IOException {
        int number;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            number = socket.getLocalPort();
        }
        assertThat(new Port(number).isFree()).isTrue();
        assertThat(new Port(number).holder()).isEmpty();
    }

    @Test
    void tellsItsOwnProcessFromAnother() throws IOException {
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
