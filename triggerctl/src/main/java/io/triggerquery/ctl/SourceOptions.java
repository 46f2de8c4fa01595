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

/** The options that select the triggers of a command. */
final class SourceOptions {

    static final class Location {

        @Option(
                names = "--spool",
                paramLabel = "DIR",
                description = "Directory of a disk queue. It is changed only while its application does not run.")
        @Nullable
        Path spool;

        @Option(
                names = "--outbox",
                paramLabel = "JDBC-URL",
                description = "PostgreSQL, MariaDB or MySQL database of an outbox.")
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
    Location location = new Location();

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description = "With --log: skips triggers published before this instant, such as 2026-07-01T10:00:00Z.")
    @Nullable
    String since;

    @Option(
            names = "--owner",
            paramLabel = "NAME",
            description = "With --outbox: the application that owns the rows, if several share the table.")
    @Nullable
    String owner;

    Source open(Terminal terminal) {
        if (owner != null && location.outbox == null) {
            throw new SourceException("--owner can be used with --outbox only");
        }
        if (since != null && location.logs.isEmpty()) {
            throw new SourceException("--since can be used with --log only");
        }
        if (location.spool != null) {
            return new SpoolSource(location.spool);
        }
        if (location.outbox != null) {
            return new OutboxSource(
                    location.outbox,
                    terminal.environment().get("TRIGGERCTL_DB_USER"),
                    terminal.environment().get("TRIGGERCTL_DB_PASSWORD"),
                    owner);
        }
        return new LogSource(location.logs, terminal.in(), since == null ? null : instant(since));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new SourceException("--since " + text + " is not an instant such as 2026-07-01T10:00:00Z", e);
        }
    }
}
