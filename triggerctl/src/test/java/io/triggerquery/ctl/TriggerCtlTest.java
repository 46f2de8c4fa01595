package io.triggerquery.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.ctl.source.WaitingFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggerCtlTest {

    @TempDir
    Path directory;

    private String spool = "";

    @BeforeEach
    void fill() throws Exception {
        spool = directory.toString();
        new WaitingFile(directory)
                .put("p-1", 7L, null)
                .put("p-2", null, "too large")
                .close();
    }

    @Test
    void listsAsATable() {
        Command list = Command.run("list", "--spool", spool);

        assertThat(list.exit()).isZero();
        assertThat(list.out().lines())
                .containsExactly(
                        "DESTINATION  ID   VERSION  SINCE                 STATE    REASON",
                        "changed      p-2  -        2026-07-01T10:00:00Z  parked   too large",
                        "changed      p-1  7        2026-07-01T10:00:00Z  waiting");
        assertThat(Command.run("list", "--spool", spool, "--limit", "1").out()).contains("... and 1 more; see --limit");
    }

    @Test
    void listsAsJson() {
        assertThat(Command.run("list", "--spool", spool, "--json", "--limit", "1")
                        .out()
                        .strip())
                .isEqualTo("[{\"destination\":\"changed\",\"id\":\"p-2\",\"version\":null,"
                        + "\"since\":\"2026-07-01T10:00:00Z\",\"state\":\"parked\",\"reason\":\"too large\"}]");
    }

    @Test
    void exportCanBeReadFromStandardInput() {
        Command export = Command.run("export", "--spool", spool);
        assertThat(export.exit()).isZero();

        Command again = Command.run(export.out(), Map.of(), "export", "--log", "-");

        assertThat(again.exit()).isZero();
        assertThat(again.out()).isEqualTo(export.out()).hasLineCount(2);
    }

    @Test
    void verifyOfASoundFileSucceedsWithCounts() {
        Command verify = Command.run("verify", "--spool", spool);

        assertThat(verify.exit()).isZero();
        assertThat(verify.out())
                .contains("changed: 2 waiting, 1 of them parked, the oldest since 2026-07-01T10:00:00Z")
                .contains("readable: 2, unreadable: 0, damage: none");
    }

    @Test
    void verifyOfADamagedFileFails() throws Exception {
        Files.writeString(directory.resolve("triggers.db"), "no database at all ".repeat(500));

        Command verify = Command.run("verify", "--spool", spool);

        assertThat(verify.exit()).isEqualTo(1);
        assertThat(verify.out()).contains("damage: found");
        assertThat(verify.err()).contains("triggerctl: " + directory.resolve("triggers.db") + " is damaged");
    }

    @ParameterizedTest
    @CsvSource({"verify", "list", "export"})
    void unreadableLineOfALogIsNamedAsAFailure(String command) throws Exception {
        Path log = Files.write(directory.resolve("app.log"), List.of("{\"event\":\"trigger-undelivered\",\"id\":"));

        Command result = Command.run(command, "--log", log.toString());

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("triggerctl: ")
                .contains("app.log line 1: ")
                .hasLineCount(1);
    }

    @Test
    void unparks() {
        assertThat(Command.run("unpark", "--spool", spool, "--destination", "changed"))
                .isEqualTo(new Command(0, "unparked: 1" + System.lineSeparator(), ""));
        assertThat(Command.run("unpark", "--spool", spool, "--destination", "changed")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void dryRunSendsNothingAndPrintsWhatItWouldSend() {
        Command send = Command.run(
                "send",
                "--spool",
                spool,
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--destination",
                "changed=t",
                "--dry-run");

        assertThat(send.exit()).isZero();
        assertThat(send.out())
                .contains("would send 1 triggers for changed to the topic t")
                .contains("would send: 1");
        assertThat(directory.resolve("spool.lock")).doesNotExist();
    }

    @Test
    void controlCharactersAreNotPrinted() throws Exception {
        try (WaitingFile file = new WaitingFile(directory)) {
            file.put("p-3", null, "\u001b[2Jgone\ntriggerctl: all is well");
        }

        assertThat(Command.run("list", "--spool", spool).out())
                .doesNotContain("\u001b")
                .hasLineCount(4);
    }

    @ParameterizedTest
    @CsvSource({
        "'', a command is missing",
        "list, '--spool=DIR'",
        "list --spool a --outbox b, mutually exclusive",
        "list --spool DIR --since 2026-07-01T10:00:00Z, --since can be used with --log only",
        "list --log x --since yesterday, --since yesterday is not an instant",
        "list --log absent.log, read absent.log",
        "list --spool absent, there is no absent/triggers.db",
        "list --outbox jdbc:h2:mem:x, jdbc:postgresql://host:5432/database",
        "list --outbox jdbc:mysql://host:3306/database, jdbc:mariadb://host:3306/database for MariaDB and MySQL",
        "unpark --log x --destination d, a log has no parked triggers",
        "send --log x --destination d=t, --bootstrap-servers",
        "send --log x --bootstrap-servers b:1, --destination",
        "send --log x --bootstrap-servers b:1 --destination d, --destination",
        "send --log x --bootstrap-servers b:1 --destination d=a/b, a topic has 1 to 249",
        "send --log x --bootstrap-servers b:1 --destination d=t --rate 0, --rate must be 1",
        "send --spool DIR --bootstrap-servers b --destination d=t, --bootstrap-servers must be HOST:PORT",
        "dance, dance",
    })
    void wrongUsagePrintsOneLineWithTheReason(String arguments, String reason) {
        String[] split = arguments.isEmpty()
                ? new String[0]
                : arguments.replace("DIR", spool).split(" ");

        Command result = Command.run(split);

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("triggerctl: ").contains(reason).hasLineCount(1);
    }

    @Test
    void helpSucceeds() {
        assertThat(Command.run("--help").out()).contains("Exit codes: 0 success");
        assertThat(Command.run("send", "--help").exit()).isZero();
    }
}
