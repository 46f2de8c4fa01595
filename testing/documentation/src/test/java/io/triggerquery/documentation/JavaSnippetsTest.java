package io.triggerquery.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.triggerquery.documentation.Excerpt.Paragraph;
import io.triggerquery.documentation.Excerpt.Run;
import io.triggerquery.documentation.page.Block;
import io.triggerquery.documentation.page.CompleteFile;
import io.triggerquery.documentation.page.Page;
import io.triggerquery.documentation.page.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each Java snippet is code of a test's package or of an adopter's project; GettingStartedIT runs whole files. */
class JavaSnippetsTest {

    private static final String EXAMPLES = "testing/documentation/src/test/java/io/triggerquery/documentation/example";

    // tests of a whole application, which need too long to run twice
    private static final List<String> TREES = List.of(
            EXAMPLES,
            "consumer-test/src/test/java/io/triggerquery/consumer/test/broker",
            "console/src/test/java/io/triggerquery/console/it");

    // each directory in it is a project with a test, see testing/adopters/pom.xml
    private static final String PROJECTS = "testing/adopters";

    /** The sources of a test package or of a project: the code of each file by its path. */
    private record Examples(Map<Path, String> files) {

        /** Returns the paragraphs that are in no file that a test runs. */
        List<Paragraph> missing(Excerpt excerpt) {
            return excerpt.paragraphs().stream()
                    .filter(paragraph -> files.entrySet().stream()
                            .noneMatch(file -> paragraph.missingIn(file.getValue()) == null && isRun(file.getKey())))
                    .toList();
        }

        /** Returns whether a test refers to the class, directly or through other classes. */
        private boolean isRun(Path file) {
            Set<Path> reached = files.keySet().stream()
                    .filter(each -> isTest(each) || isFoundBySpring(each))
                    .collect(Collectors.toSet());
            while (!reached.contains(file)) {
                if (!reached.addAll(namedBy(reached))) {
                    return false;
                }
            }
            return true;
        }

        /** The sources of a project, whose test starts the whole application. */
        private boolean isFoundBySpring(Path file) {
            return file.startsWith(Repository.path(PROJECTS))
                    && Stream.of("@SpringBootApplication", "@Configuration", "@Component")
                            .anyMatch(files.get(file)::contains);
        }

        private List<Path> namedBy(Set<Path> users) {
            return files.keySet().stream()
                    .filter(file ->
                            users.stream().anyMatch(user -> files.get(user).contains(name(file))))
                    .toList();
        }

        /** Returns the first code that is missing in the file with the longest match. */
        Run differing(Paragraph paragraph) {
            return files.values().stream()
                    .map(paragraph::missingIn)
                    .filter(Objects::nonNull)
                    .reduce((a, b) -> a.line() >= b.line() ? a : b)
                    .orElse(paragraph.runs().get(0));
        }

        private static boolean isTest(Path file) {
            return Stream.of("Test", "Tests", "IT").anyMatch(name(file)::endsWith);
        }

        private static String name(Path file) {
            return file.getFileName().toString().replace(".java", "");
        }
    }

    @TestFactory
    Stream<DynamicTest> everySnippetIsPartOfATest() {
        List<Examples> packages = Stream.concat(
                        TREES.stream().flatMap(tree -> examples(tree, Path::getParent)),
                        examples(PROJECTS, JavaSnippetsTest::project))
                .toList();
        return CompleteFile.excerptsIn("java").map(block -> dynamicTest(block.where(), () -> check(block, packages)));
    }

    private static Stream<Examples> examples(String tree, Function<Path, Path> group) {
        return Repository.files(tree, ".java").stream()
                .collect(Collectors.groupingBy(
                        group,
                        TreeMap::new,
                        Collectors.toMap(file -> file, file -> Excerpt.dense(Repository.read(file)))))
                .values()
                .stream()
                .map(Examples::new);
    }

    private static Path project(Path file) {
        return file.subpath(0, Repository.path(PROJECTS).getNameCount() + 1);
    }

    private static void check(Block block, List<Examples> packages) {
        Excerpt excerpt = Excerpt.of(block);
        Examples closest = packages.stream()
                .reduce((a, b) ->
                        a.missing(excerpt).size() <= b.missing(excerpt).size() ? a : b)
                .orElseThrow();
        List<Paragraph> missing = closest.missing(excerpt);
        if (!missing.isEmpty()) {
            Run run = closest.differing(missing.get(0));
            throw new AssertionError(block.page() + ":" + run.line() + ": no example has the code from the line \""
                    + run.first() + "\" on. The closest package is "
                    + closest.files().keySet().iterator().next().getParent()
                    + ". Correct the snippet, or write the code below " + EXAMPLES
                    + " in a class that a test of its package uses, or in a project below " + PROJECTS + ".");
        }
    }

    @Test
    void commentsAndWhiteSpaceAreIgnoredAndDotsMarkAGap() {
        Block block = Page.parse("page", """
                        text
                        ```java
                        @A
                        void a() {   // why
                            one();
                            // two
                            three();
                        }

                        void b() { ... }
                        ```
                        """).blocks().get(0);
        String source = Excerpt.dense("""
                void b() {
                    four();
                }
                /** About a. */
                @A void a() { one();
                    two("http://127.0.0.1");
                    three(); }
                """);

        Excerpt excerpt = Excerpt.of(block);

        assertThat(excerpt.paragraphs()).hasSize(2).allMatch(paragraph -> paragraph.missingIn(source) == null);
        assertThat(excerpt.paragraphs().get(0).missingIn(source.replace("three", "five")))
                .extracting(Run::line, Run::first)
                .containsExactly(7, "three();");
    }
}
