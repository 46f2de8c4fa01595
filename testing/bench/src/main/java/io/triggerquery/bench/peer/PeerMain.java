package io.triggerquery.bench.peer;

import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer in a process of its own: {@code java -Dbootstrap=… PeerMain PEER}; see {@link PeerSettings}. Lines go to the
 * standard output (see {@link Reporter}), logs to the standard error. Exits with 0 when it has been stopped, 2 if the
 * settings are wrong, 1 if it failed.
 */
public final class PeerMain {

    private static final Logger log = LoggerFactory.getLogger(PeerMain.class);

    private PeerMain() {}

    public static void main(String[] arguments) {
        PrintStream lines = System.out;
        System.setOut(System.err); // nothing else may get between the lines
        System.exit(run(arguments, lines));
    }

    @SuppressWarnings("try") // it runs by itself until it is closed
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
            log.error("The peer ends", failure);
            return 1;
        }
    }
}
