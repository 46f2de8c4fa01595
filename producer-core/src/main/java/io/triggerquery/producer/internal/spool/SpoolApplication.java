package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.LogSafe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The application that owns a directory. The lock prevents two applications from using it at the same time; this class
 * prevents one from sending entries that another one left there, perhaps to another topic.
 *
 * <p>Threads: the one that opens the directory, and holds its lock.
 */
final class SpoolApplication {

    private SpoolApplication() {}

    /**
     * Records the owner of the directory, or throws a {@link SpoolException} if triggers of another application wait
     * there.
     */
    static void take(Path directory, Application application, int waiting) throws IOException {
        if (application.isUnnamed()) {
            return;
        }
        Path file = directory.resolve("application.txt");
        // after a power failure the file may be empty or contain zeros
        String before =
                Files.exists(file) ? Files.readString(file).replace("\0", "").strip() : "";
        if (before.equals(application.name())) {
            return;
        }
        if (!before.isEmpty() && waiting > 0) {
            throw new SpoolException(
                    "%d triggers of the application \"%s\" wait in %s, but this application is \"%s\": start that one"
                                    .formatted(waiting, LogSafe.of(before), directory, LogSafe.of(application.name()))
                            + " or triggerctl to send them, or give this one its own " + SpoolSettings.PROPERTIES
                            + "directory; if the application was renamed, remove " + file);
        }
        PrivateFiles.write(file, application.name() + "\n");
    }
}
