package io.triggerquery.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for the files of the page. */
class PageFilesTest {

    private static final Path FILES = Path.of("src/main/resources/io/triggerquery/console/files");
    private static final Pattern ENTRY = Pattern.compile("^  '([^']+)': '(.*)',$", Pattern.MULTILINE);
    private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");
    private static final Pattern USED =
            Pattern.compile("\\b(?:t|word)\\(\\s*(?:[^'`?()]*\\?)?\\s*['`]([\\w.-]*)(\\$\\{)?");

    private static List<Path> own() throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            return files.filter(file ->
                            file.toString().endsWith(".js") || file.toString().endsWith(".css"))
                    .filter(file -> !file.toString().contains("/lib/"))
                    .toList();
        }
    }

    private static List<MatchResult> entries(String language) throws IOException {
        List<MatchResult> entries = new ArrayList<>();
        for (String part : List.of("", "-consistency")) {
            ENTRY.matcher(Files.readString(FILES.resolve("texts/" + language + part + ".js")))
                    .results()
                    .forEach(entries::add);
        }
        return entries;
    }

    private static Set<String> keys(String language) throws IOException {
        return entries(language).stream()
                .map(entry -> entry.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Test
    void filesAreShort() throws IOException {
        assertThat(own())
                .hasSizeGreaterThan(15)
                .allSatisfy(file ->
                        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(300));
    }

    @Test
    void bothLanguagesHaveSameTexts() throws IOException {
        assertThat(entries("en")).hasSizeGreaterThan(200);
        assertThat(keys("zh")).isEqualTo(keys("en"));
    }

    @Test
    void bothLanguagesHaveSameParameters() throws IOException {
        List<MatchResult> chinese = entries("zh");
        for (int i = 0; i < chinese.size(); i++) {
            assertThat(parameters(chinese.get(i)))
                    .as(chinese.get(i).group(1))
                    .isEqualTo(parameters(entries("en").get(i)));
        }
    }

    private static Set<String> parameters(MatchResult entry) {
        return PARAMETER
                .matcher(entry.group(2))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    @Test
    void eachUsedTextExists() throws IOException {
        Set<String> keys = keys("en");
        for (Path file : own()) {
            USED.matcher(Files.readString(file))
                    .results()
                    .filter(use -> use.group(2) == null && use.group().startsWith("t("))
                    .forEach(use ->
                            assertThat(keys).as(file + " uses " + use.group(1)).contains(use.group(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "innerHTML",
                "outerHTML",
                "dangerouslySetInnerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                " style=",
                "http://",
                "https://"
            })
    void thePageHasNo(String text) throws IOException {
        assertThat(own())
                .allSatisfy(file ->
                        assertThat(Files.readString(file)).as(file.toString()).doesNotContain(text));
    }
}
