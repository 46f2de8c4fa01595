package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.LogSafe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The application that owns a directory. The lock keeps two applications from using it side by side; this keeps one
 * from sending what the other has left there, perhaps to another topic.
 *
 * <p>Threads: the one that opens the directory, and holds its lock.
 */
final class SpoolApplication {

    private SpoolApplication() {}

    /** Notes whose directory it is, or throws a {@link SpoolException} if triggers of another application wait there. */
    static void take(Path directory, Application application, int waiting) throws IOException {
        if (application.isUnnamed()) {
            return;
        }
        Path file = directory.resolve("application.txt");
        // a loss of power right after it was written leaves it empty, or full of zeros
        String before =
                Files.exists(file) ? Files.readString(file).replace("\0", "").strip() : "";
        if (before.equals(application.name())) {
            return;
        }
        if (!before.isEmpty() && waiting > 0) {
            throw new SpoolException(
                    "In %s wait %d triggers of the application \"%s\", and this is \"%s\": start that one"
                                    .formatted(directory, waiting, LogSafe.of(before), LogSafe.of(application.name()))
                            + " or triggerctl to send them, or give this one its own " + SpoolSettings.PROPERTIES
                            + "directory; if it was renamed, remove " + file);
        }
        PrivateFiles.write(file, application.name() + "\n");
    }
}
