package io.triggerquery.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.triggerquery.documentation.page.Page;
import io.triggerquery.documentation.page.Repository;
import io.triggerquery.documentation.page.Yaml;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each symptom of the runbook names the endpoint, the meter and the page of the console that show it. The endpoints are
 * called by CommandsIT.
 */
class RunbookTest {

    private static final Pattern METER = Pattern.compile("`(triggerquery\\.[a-z.]+)`");

    private static final Pattern PROMETHEUS = Pattern.compile("triggerquery_[a-z_]+");

    /** Symptoms of a process that answers no request, or does not keep its reports. */
    private static final Set<String> WITHOUT_ENDPOINT = Set.of(
            "The process has run out of memory",
            "The application does not start",
            "Triggers are rejected or undelivered",
            "A service that keeps triggers is gone");

    private static final Set<String> WITHOUT_METER = Set.of(
            "The process has run out of memory",
            "The application does not start",
            "A service that keeps triggers is gone");

    /** Symptoms that the console does not show. */
    private static final Set<String> WITHOUT_CONSOLE = Set.of(
            "The process has run out of memory",
            "The application does not start",
            "Triggers are rejected or undelivered",
            "A service that keeps triggers is gone");

    private static final String CONSOLE = "**Console.**";
    private static final Pattern NAMED_IN_CONSOLE = Pattern.compile("\\*{1,2}([^*]+)\\*{1,2}");
    private static final String TEXTS = "console/src/main/resources/io/triggerquery/console/files/texts/en.js";

    @TestFactory
    Stream<DynamicTest> eachSymptomNamesItsEndpointAndMeter() {
        return Stream.of(Repository.read("docs/runbook.md").split("\n## "))
                .skip(1)
                .map(section -> dynamicTest(name(section), () -> check(section)));
    }

    private static String name(String section) {
        return section.substring(0, section.indexOf('\n'));
    }

    private static void check(String section) {
        assertThat(section).contains("**Meaning.**", "**Look at.**", "**Do.**");
        if (!WITHOUT_ENDPOINT.contains(name(section))) {
            assertThat(section).containsAnyOf("GET /actuator/triggerquery", "GET /actuator/triggerproducer");
        }
        if (!WITHOUT_CONSOLE.contains(name(section))) {
            assertThat(section).contains(CONSOLE);
        }
        if (section.contains(CONSOLE)) {
            checkConsole(section.split(Pattern.quote(CONSOLE), 2)[1].split("\n\n", 2)[0]);
        }
        if (!WITHOUT_METER.contains(name(section))) {
            String tables = Repository.read("docs/operating.md") + Repository.read("docs/producer.md");
            assertThat(METER.matcher(section).results().map(MatchResult::group).toList())
                    .as("meters, in the tables of the pages")
                    .isNotEmpty()
                    .allSatisfy(meter -> assertThat(tables).contains(meter.replace("triggerquery.producer.", "")));
        }
    }

    private static void checkConsole(String paragraph) {
        String texts = Repository.read(TEXTS);
        assertThat(NAMED_IN_CONSOLE
                        .matcher(paragraph)
                        .results()
                        .map(named -> named.group(1))
                        .toList())
                .as("pages and buttons, in " + TEXTS)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(texts).contains(name));
    }

    /**
     * Autoscaling by a meter that does not exist scales nothing, without an error. Settings are in blocks of "yaml".
     */
    @TestFactory
    Stream<DynamicTest> kubernetesManifestsAreValidAndNameExistingMeters() {
        return Page.blocksIn("yml")
                .map(block -> dynamicTest(block.where(), () -> {
                    assertThat(Yaml.names(block)).contains("apiVersion", "kind");
                    assertThat(PROMETHEUS
                                    .matcher(block.text())
                                    .results()
                                    .map(MatchResult::group)
                                    .toList())
                            .isNotEmpty()
                            .allSatisfy(name -> assertThat(Repository.read("docs/operating.md"))
                                    .contains("`" + name.replace('_', '.') + "`"));
                }));
    }
}
