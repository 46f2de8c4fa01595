package io.triggerquery.testbed.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;

/** A TCP port on 127.0.0.1. */
public record Port(int number) {

    private static final int CONNECT_MILLIS = 500;
    private static final int SHOWN = 120;
    private static final int RELEASE_LOOKS = 50;
    private static final int RELEASE_PAUSE_MILLIS = 100;

    public boolean isFree() {
        // connecting finds a listener on 0.0.0.0, which some systems let us bind beside; binding finds all others
        return !isListening() && canBind();
    }

    /**
     * Whether it is free, or becomes so within a few seconds without anybody being known to hold it: the threads of a
     * killed process can keep its sockets for a moment after the process itself has gone.
     */
    public boolean isBecomingFree() {
        for (int looks = 0; looks < RELEASE_LOOKS && !isFree() && holder().isEmpty(); looks++) {
            Pause.millis(RELEASE_PAUSE_MILLIS);
        }
        return isFree();
    }

    public boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(address(), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private boolean canBind() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address());
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** What to tell the user when somebody else has this port; the variable is the one that names another. */
    public String takenSentence(String wantedBy, String variable) {
        return "Port %d, needed by %s, is already taken%s. Stop that process, or set %s to another port."
                .formatted(number, wantedBy, holder().map(by -> " by " + by).orElse(""), variable);
    }

    /** Who listens here, as far as this user may know. */
    public Optional<String> holder() {
        return PortHolder.of(number).map(pid -> "process " + pid + command(pid));
    }

    /** Whether somebody other than the process or one of its children is known to listen here. */
    public boolean isHeldByOtherThan(ProcessHandle process) {
        return PortHolder.of(number)
                .filter(pid -> pid != process.pid())
                .filter(pid -> process.descendants().noneMatch(child -> child.pid() == pid))
                .isPresent();
    }

    private static String command(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().commandLine())
                .map(Port::shortened)
                .map(line -> " (" + line + ")")
                .orElse("");
    }

    // the end of a Java command says more than its beginning
    private static String shortened(String line) {
        return line.length() <= SHOWN
                ? line
                : line.substring(0, SHOWN / 3) + " ... " + line.substring(line.length() - SHOWN * 2 / 3);
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
    }
}
