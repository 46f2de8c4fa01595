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
        // connecting finds a listener on 0.0.0.0, next to which some systems allow a bind; binding finds all others
        return !isListening() && canBind();
    }

    /**
     * Returns whether the port is free, or becomes free within a few seconds while no process is known to hold it: the
     * threads of a killed process may keep its sockets for a moment after its end.
     */
    public boolean isBecomingFree() {
        for (int attempts = 0; attempts < RELEASE_LOOKS && !isFree() && holder().isEmpty(); attempts++) {
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

    /** Returns the message for the user if another process has this port; the variable sets another port. */
    public String takenSentence(String wantedBy, String variable) {
        return "Port %d, needed by %s, is already taken%s. Stop that process, or set %s to another port."
                .formatted(number, wantedBy, holder().map(by -> " by " + by).orElse(""), variable);
    }

    /** Returns the process that listens here, if this user may see it. */
    public Optional<String> holder() {
        return PortHolder.of(number).map(pid -> "process " + pid + command(pid));
    }

    /** Returns whether a process other than this one and its children is known to listen here. */
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

    // the end of a Java command is more useful than its beginning
    private static String shortened(String line) {
        return line.length() <= SHOWN
                ? line
                : line.substring(0, SHOWN / 3) + " ... " + line.substring(line.length() - SHOWN * 2 / 3);
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
    }
}
