package io.triggerquery.producer.internal.spool;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;

/**
 * A process that publishes triggers to a disk queue until one is rejected, and prints the id of each that is on disk.
 *
 * <p>Arguments: the directory, the prefix of the ids, and how many triggers are kept per call.
 */
final class SpoolChild {

    private SpoolChild() {}

    public static void main(String[] arguments) {
        // the test reads the standard output
        ((Logger) LoggerFactory.getLogger("io.triggerquery")).setLevel(Level.OFF);
        SpoolSettings settings = new SpoolSettings(
                Path.of(arguments[0]), 1_000_000, 1L << 30, Duration.ofSeconds(20), false, Duration.ZERO);
        try (DiskQueue queue = new DiskQueue(
                settings, Application.UNNAMED, SpoolListener.NONE, System::nanoTime, InstantSource.system())) {
            System.out.println("open");
            DiskBuffer buffer = new DiskBuffer(queue, () -> {});
            int atOnce = Integer.parseInt(arguments[2]);
            for (int n = 0; ; n += atOnce) {
                List<OutgoingTrigger> triggers = IntStream.range(n, n + atOnce)
                        .mapToObj(number -> OutgoingTrigger.of("bills", arguments[1] + number))
                        .toList();
                Receipt receipt = buffer.keep(triggers);
                if (!(receipt instanceof Receipt.OnDisk)) {
                    System.out.println("stopped by " + receipt);
                    return;
                }
                triggers.forEach(trigger -> System.out.println(trigger.id()));
            }
        } catch (SpoolException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }

    /** Starts the process, after the given shell command, such as {@code ulimit}. */
    static Process start(Path directory, String prefix, int atOnce, String limit) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = limit + "exec \"$0\" \"$@\"";
        return new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        command,
                        java,
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpoolChild.class.getName(),
                        directory.toString(),
                        prefix,
                        String.valueOf(atOnce))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
