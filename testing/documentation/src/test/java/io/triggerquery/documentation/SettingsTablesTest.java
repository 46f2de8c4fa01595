package io.triggerquery.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.triggerquery.documentation.page.Page;
import io.triggerquery.documentation.page.Repository;
import io.triggerquery.documentation.page.Table;
import io.triggerquery.documentation.page.Table.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tables of settings list each setting with its default. */
class SettingsTablesTest {

    private static final Pattern PREFIX = Pattern.compile("below `(triggerquery[^`]*)`");
    private static final Pattern VALUE = Pattern.compile("(\\d[\\d,.]*) ?(ms|s|min|h|MB)?");
    private static final Set<String> WORDS = Set.of("required", "none");
    private static final Map<String, String> UNITS = Map.of("min", "m");

    /** A documented setting with the default in its row. */
    private record Documented(String where, String name, String standard) {}

    private static Stream<Documented> documented() {
        return Page.all().stream()
                .flatMap(page -> Table.of(page).stream())
                .filter(table -> table.header().size() > 2
                        && table.header().get(1).equals("Default")
                        && List.of("Property", "Setting")
                                .contains(table.header().get(0)))
                .flatMap(table -> table.rows().stream().flatMap(row -> documented(table, row)));
    }

    private static Stream<Documented> documented(Table table, Row row) {
        Matcher below = PREFIX.matcher(table.introduction());
        String prefix = below.find() ? below.group(1) + "." : "";
        List<String> names = row.code(0);
        String[] standards = row.cells().get(1).split("; ");
        return Stream.iterate(0, i -> i < names.size(), i -> i + 1).map(i -> {
            String name = names.get(i).startsWith(".")
                    ? names.get(0).substring(0, names.get(0).lastIndexOf('.')) + names.get(i)
                    : names.get(i);
            // one default for several settings is that of the first; the others take it over
            String standard = standards.length == names.size() ? standards[i] : i == 0 ? standards[0] : "";
            return new Documented(row.where(), prefix + name, standard);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyRowMatchesMetadata() throws Exception {
        Map<String, String> declared = DeclaredSettings.withDefaults();
        return documented()
                .filter(setting -> setting.name().startsWith("triggerquery.")
                        && !setting.name().endsWith(".*"))
                .map(setting -> dynamicTest(setting.where() + " " + setting.name(), () -> {
                    assertThat(declared.containsKey(setting.name()))
                            .as(setting.where() + ": there is no setting " + setting.name() + "; correct its name")
                            .isTrue();
                    assertThat(value(setting.standard()))
                            .as(setting.where() + ": correct the default of " + setting.name())
                            .isEqualTo(setting.standard().isEmpty() ? "" : declared.get(setting.name()));
                }));
    }

    @Test
    void everySettingHasARow() throws Exception {
        Set<String> missing = new TreeSet<>(DeclaredSettings.withDefaults().keySet());
        documented().forEach(setting -> missing.remove(setting.name()));

        assertThat(missing)
                .as("settings without a row in docs/reference.md or docs/relay-service.md; add it")
                .isEmpty();
    }

    @Test
    void everySettingIsInTheMetadata() throws Exception {
        ConfigurationMetadata metadata = ConfigurationMetadata.onTheClassPath();

        DeclaredSettings.withDefaults().keySet().forEach(name -> metadata.check("the code", name));
    }

    @TestFactory
    Stream<DynamicTest> relayServiceSettingsAreInItsFile() {
        String file = Repository.read("relay-service/src/main/resources/application.yaml");
        return documented()
                .filter(setting -> setting.where().startsWith("docs/relay-service.md")
                        && !setting.name().startsWith("triggerquery."))
                .map(setting -> dynamicTest(
                        setting.where() + " " + setting.name(),
                        () -> assertThat(file.contains(inFile(setting.name())))
                                .as(setting.where() + ": the relay service has no setting " + setting.name()
                                        + "; correct its name")
                                .isTrue()));
    }

    /** Returns how the file of the relay service sets a property, or reads an environment variable. */
    private static String inFile(String name) {
        return name.contains(".") ? "\n  " + name.substring(name.lastIndexOf('.') + 1) + ": " : "${" + name + ":";
    }

    /** Returns a documented default as the code writes it; empty if it is a description. */
    private static String value(String documented) {
        String[] parts = documented.replace("`", "").split(", ");
        String unit = "";
        for (int i = parts.length - 1; i >= 0; i--) {
            Matcher number = VALUE.matcher(parts[i]);
            if (number.matches()) {
                unit = number.group(2) == null ? unit : number.group(2);
                parts[i] = number.group(1).replace(",", "") + UNITS.getOrDefault(unit, unit);
            } else if (parts[i].contains(" ") || parts[i].contains(".") || WORDS.contains(parts[i])) {
                return "";
            }
        }
        return Arrays.stream(parts).reduce((a, b) -> a + "," + b).orElseThrow();
    }
}
