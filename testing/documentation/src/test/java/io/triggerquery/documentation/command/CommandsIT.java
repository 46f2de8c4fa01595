package io.triggerquery.documentation.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.triggerquery.documentation.ConfigurationMetadata;
import io.triggerquery.documentation.page.Block;
import io.triggerquery.documentation.page.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each documented command is one that exists, with options, files, modules, services and paths that exist. */
class CommandsIT {

    private static Endpoints endpoints;

    /**
     * How commands are tested.
     *
     * @param program the first words of the command
     * @param runBy the tests that run such commands for real
     */
    private record Row(String program, String runBy, Consumer<Command> check) {}

    private static List<Row> rows() {
        Http http = new Http(endpoints);
        return List.of(
                new Row("./demo", "CheckIT, EndToEndIT", Programs::demo),
                new Row("triggerctl/triggerctl", "SendIT, TriggerCtlTest", Programs::triggerctl),
                new Row("triggerctl", "SendIT, TriggerCtlTest", Programs::triggerctl),
                new Row("./mvnw", ".ci/run", Maven::check),
                new Row("mvn", "GettingStartedIT", Maven::inTheReadersProject),
                new Row("kafka-topics.sh", "nothing: no test has the scripts", KafkaScripts::check),
                new Row("kafka-console-producer.sh", "nothing: no test has the scripts", KafkaScripts::check),
                new Row("kafka-console-consumer.sh", "nothing: no test has the scripts", KafkaScripts::check),
                new Row("kafka-consumer-groups.sh", "nothing: no test has the scripts", KafkaScripts::check),
                new Row("docker compose", "nothing: no test has Docker", Docker::compose),
                new Row("docker run", "nothing: no test has Docker", Docker::run),
                new Row("curl", "BillingControllerIT, PaymentControllerIT, FaultsIT, CallsIT", http::curl),
                new Row("GET", "OperateIT, ProducerOperationsIT", http::request),
                new Row("POST", "OperateIT, ProducerOperationsIT", http::request),
                new Row("java -jar", "StartIT", CommandsIT::jar),
                new Row("testing/bench/run", "nothing: it measures", Scripts::check),
                new Row("testing/bench/jmh", "nothing: it measures", Scripts::check),
                new Row("testing/fault-injection/run", "ConsistencyIT", Scripts::check),
                new Row("testing/adopters/run", "nothing: it takes minutes", Scripts::projects),
                new Row("echo", "", command -> {}),
                new Row("sed", "", command -> {}),
                new Row("sleep", "", command -> {}));
    }

    @BeforeAll
    static void start() {
        endpoints = new Endpoints();
    }

    @AfterAll
    static void stop() {
        endpoints.close();
    }

    @TestFactory
    Stream<DynamicTest> everyCommandExists() {
        List<Row> rows = rows();
        return DocumentedCommands.all().stream()
                .map(command -> dynamicTest(
                        command.where() + " " + String.join(" ", command.words()), () -> check(command, rows)));
    }

    private static void check(Command command, List<Row> rows) {
        String text = String.join(" ", command.words()) + " ";
        Optional<Row> row = rows.stream()
                .filter(each -> text.startsWith(each.program() + " "))
                .findFirst();
        command.must(
                row.isPresent(),
                "no row of CommandsIT covers this command; correct it, add a row, or mark the block as text");
        row.orElseThrow().check().accept(command);
    }

    private static void jar(Command command) {
        ConfigurationMetadata known = ConfigurationMetadata.onTheClassPath();
        Scripts.settings(command).forEach(name -> known.check(command.where(), name));
    }

    @TestFactory
    Stream<DynamicTest> everyScriptIsValidBash() {
        return Page.blocksIn("", "sh", "bash")
                .map(block -> dynamicTest(block.where(), () -> {
                    Process bash = new ProcessBuilder(
                                    "bash", "-n", "-c", block.text().replaceAll("[\\[\\]]", ""))
                            .redirectErrorStream(true)
                            .start();
                    assertThat(new String(bash.getInputStream().readAllBytes()))
                            .as(block.where() + ": bash cannot read this; correct it")
                            .isEmpty();
                }));
    }

    @Test
    void everyBlockHasATestedLanguage() {
        List<String> tested =
                List.of("", "sh", "bash", "console", "http", "java", "yaml", "yml", "xml", "sql", "json", "text");
        assertThat(Page.all().stream()
                        .flatMap(page -> page.blocks().stream())
                        .filter(block -> !tested.contains(block.language()))
                        .map(block -> block.where() + ": " + block.language()))
                .as("no test reads blocks in these languages; use another, or add a test")
                .isEmpty();
    }

    @Test
    void scriptIsSplitIntoCommands() {
        Block block = Page.parse("page", """
                        ```
                        A=1 one 'x y' "z\\"$(two b)"; three \\
                            four   # no command
                        five && six | seven
                        ```
                        """).blocks().get(0);

        List<Command> commands = Shell.commands(block.page(), block.line(), block.text());

        assertThat(commands)
                .extracting(command -> command.where() + " " + command.words())
                .containsExactly(
                        "page:2 [two, b]",
                        "page:2 [one, x y, z\"$]",
                        "page:2 [three, four]",
                        "page:4 [five]",
                        "page:4 [six]",
                        "page:4 [seven]");
        assertThat(commands.get(1).variables()).containsEntry("A", "1");
    }
}
