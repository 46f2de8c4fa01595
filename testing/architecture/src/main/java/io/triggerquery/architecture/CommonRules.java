package io.triggerquery.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * ArchUnit rules that hold for every module. A module's {@code ArchitectureTest} includes them with {@code
 * ArchTests.in(CommonRules.class)} and adds its own, such as which package may depend on which.
 */
public final class CommonRules {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final int LONGEST_FILE = 300;
    private static final int LONGEST_LINE = 120;
    private static final Pattern COMMENT = Pattern.compile("\\s*(/\\*|\\*|//)");

    // (**) makes two slices of a package and one inside it
    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("io.triggerquery.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesSayWhatTheyAreAbout =
            noClasses().should().resideInAnyPackage("..impl..", "..util..", "..utils..", "..common..");

    @ArchTest
    static final ArchRule namesSayWhatTheClassIs =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl|TriggerContext|Abstract\\w*)(\\$.*)?");

    @ArchTest
    static final ArchRule classesAreFinal = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .areNotAnnotatedWith("org.openjdk.jmh.annotations.State") // which JMH extends
            .should()
            .haveModifier(JavaModifier.FINAL);

    private CommonRules() {}

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        assertThat(classes)
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                        .as(type.getPackageName())
                        .isTrue());
    }

    @ArchTest
    static void filesAreShort(JavaClasses classes) throws IOException {
        assertThat(sources())
                .isNotEmpty()
                .allSatisfy(source -> assertThat(Files.readAllLines(source))
                        .as(source.toString())
                        .hasSizeLessThanOrEqualTo(LONGEST_FILE));
    }

    // the formatter wraps code, but not comments
    @ArchTest
    static void linesOfCommentsAreShort(JavaClasses classes) throws IOException {
        assertThat(sources())
                .isNotEmpty()
                .allSatisfy(source -> assertThat(Files.readAllLines(source))
                        .as(source.toString())
                        .filteredOn(line -> COMMENT.matcher(line).lookingAt())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(LONGEST_LINE)));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
