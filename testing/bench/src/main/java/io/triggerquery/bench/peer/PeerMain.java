package io.triggerquery.bench.peer;

import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main class of a peer's process: {@code java -Dbootstrap=… PeerMain PEER}; see {@link PeerSettings}. Events go to
 * standard output (see {@link Reporter}), logs to standard error. The exit code is 0 if it was stopped, 1 if it failed,
 * and 2 if the settings are wrong.
 */
public final class PeerMain {

    private static final Logger log = LoggerFactory.getLogger(PeerMain.class);

    private PeerMain() {}

    public static void main(String[] arguments) {
        PrintStream lines = System.out;
        System.setOut(System.err); // only events may be in the standard output
        System.exit(run(arguments, lines));
    }

    @SuppressWarnings("try") // the peer runs until it is closed
    private static int run(String[] arguments, PrintStream lines) {
        Peer peer;
        PeerSettings settings;
        try {
            peer = Peers.named(arguments.length == 1 ? arguments[0] : String.join(" ", arguments));
            settings = PeerSettings.of(System.getProperties());
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return 2;
        }
        var progress = new Progress(settings.ids(), settings.openLoop());
        try (var projection = new BreakableProjection(Projection.of(settings));
                AutoCloseable running = peer.start(new Job(settings, projection, progress))) {
            new Reporter(progress, projection, lines).run(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            return 0;
        } catch (Exception failure) {
            log.error("The peer failed", failure);
            return 1;
        }
    }
}
