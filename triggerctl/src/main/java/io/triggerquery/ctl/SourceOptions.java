package io.triggerquery.ctl;

import io.triggerquery.ctl.source.LogSource;
import io.triggerquery.ctl.source.OutboxSource;
import io.triggerquery.ctl.source.Source;
import io.triggerquery.ctl.source.SourceException;
import io.triggerquery.ctl.source.SpoolSource;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which triggers a command is about. */
final class SourceOptions {

    static final class Place {

        @Option(
                names = "--spool",
                paramLabel = "DIR",
                description = "The directory of a disk queue. It is changed only while its application does not run.")
        @Nullable
        Path spool;

        @Option(names = "--outbox", paramLabel = "JDBC-URL", description = "The PostgreSQL database of an outbox.")
        @Nullable
        String outbox;

        @Option(
                names = "--log",
                paramLabel = "FILE",
                arity = "1..*",
                description = "Logs with lines of undelivered triggers; - is the standard input.")
        List<String> logs = new ArrayList<>();
    }

    @ArgGroup(multiplicity = "1")
    Place place = new Place();

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description = "With --log: leaves out what was published before, say 2026-07-01T10:00:00Z.")
    @Nullable
    String since;

    @Option(
            names = "--owner",
            paramLabel = "NAME",
            description = "With --outbox: the application whose rows it is about, if several share the table.")
    @Nullable
    String owner;

    Source open(Terminal terminal) {
        if (owner != null && place.outbox == null) {
            throw new SourceException("--owner goes with --outbox only");
        }
        if (since != null && place.logs.isEmpty()) {
            throw new SourceException("--since goes with --log only");
        }
        if (place.spool != null) {
            return new SpoolSource(place.spool);
        }
        if (place.outbox != null) {
            return new OutboxSource(
                    place.outbox,
                    terminal.environment().get("TRIGGERCTL_DB_USER"),
                    terminal.environment().get("TRIGGERCTL_DB_PASSWORD"),
                    owner);
        }
        return new LogSource(place.logs, terminal.in(), since == null ? null : instant(since));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new SourceException("--since " + text + " is no instant such as 2026-07-01T10:00:00Z", e);
        }
    }
}
