package io.triggerquery.documentation.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.triggerquery.documentation.page.Block;
import io.triggerquery.documentation.page.Page;
import io.triggerquery.documentation.page.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What consoles show: each command of triggerctl prints what is below it, about the disk queue of the page. */
class ConsoleIT {

    private static final String SPOOL = """
            create table waiting (destination text not null, id text not null, version integer,
                generation integer not null, since text not null, intent integer not null, parked text,
                primary key (destination, id)) strict, without rowid;
            insert into waiting values
                ('bill-changed', 'b-1', null, 1, '2026-11-24T16:09:02.958288587Z', 0,
                    'RecordTooLargeException: The message is 1048676 bytes'),
                ('payment-changed', 'p-17', 7, 1, '2026-11-24T16:09:02.958279133Z', 0, null),
                ('payment-changed', 'p-18', null, 1, '2026-11-24T16:09:02.958286914Z', 0, null)
            """;

    private static final String LOG = """
            started
            {"event":"trigger-undelivered","destination":"d","id":"../x","since":"2026-11-24T16:09:02Z","reason":""}
            """;

    /** A line after a prompt, with the output below it. */
    private record Shown(String where, String command, List<String> output) {}

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> everyConsoleBlockEqualsRealOutput() {
        return Page.blocksIn("console")
                .flatMap(ConsoleIT::shown)
                // it waits for a broker or for an owner of the directory; SendIT runs it
                .filter(shown ->
                        !shown.command().contains(" send ") || shown.command().contains(" --dry-run"))
                .map(shown -> dynamicTest(shown.where() + " " + shown.command(), () -> run(shown)));
    }

    private static Stream<Shown> shown(Block block) {
        List<Shown> shown = new ArrayList<>();
        for (int i = 0; i < block.lines().size(); i++) {
            String line = block.lines().get(i);
            if (line.startsWith("$ ")) {
                shown.add(new Shown(block.page() + ":" + (block.line() + i), line.substring(2), new ArrayList<>()));
            } else if (!line.isBlank()) {
                shown.get(shown.size() - 1).output().add(line);
            }
        }
        return shown.stream();
    }

    private void run(Shown shown) throws Exception {
        prepare();
        List<String> words =
                new ArrayList<>(Shell.commands("", 1, shown.command()).get(0).words());
        words.set(
                0,
                Repository.path("triggerctl/" + words.get(0)).toAbsolutePath().toString());
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        Process process = builder.start();
        List<String> printed = new String(process.getInputStream().readAllBytes())
                .lines()
                .map(String::stripTrailing)
                .toList();

        assertThat(printed)
                .as(shown.where() + ": correct what the page shows below this command")
                .isEqualTo(shown.output());
    }

    private void prepare() throws Exception {
        Path spool = Files.createDirectories(directory.resolve("spool"));
        Files.deleteIfExists(spool.resolve("triggers.db"));
        Files.writeString(directory.resolve("app.log"), LOG);
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + spool.resolve("triggers.db"));
                Statement statement = file.createStatement()) {
            statement.executeUpdate(SPOOL);
            statement.executeUpdate("pragma user_version = 1");
        }
    }
}
