package io.triggerquery.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.State;

/** The module's shape. */
@AnalyzeClasses(
        packages = "io.triggerquery.bench",
        importOptions = {ImportOption.DoNotIncludeTests.class, ShapeTest.Written.class})
class ShapeTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final int LONGEST_FILE = 300;
    private static final int MOST_ARGUMENTS = 6;

    /** Leaves out what JMH generates. */
    static final class Written implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/jmh_generated/");
        }
    }

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("io.triggerquery.bench.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule peersKnowNothingOfWhoMeasuresThem = noClasses()
            .that()
            .resideInAPackage("io.triggerquery.bench.peer")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.triggerquery.bench",
                    "io.triggerquery.bench.source",
                    "io.triggerquery.bench.workload",
                    "io.triggerquery.bench.report");

    @ArchTest
    static final ArchRule packagesSayWhatTheyAreAbout =
            noClasses().should().resideInAnyPackage("..impl..", "..internal..", "..util..", "..utils..", "..common..");

    @ArchTest
    static final ArchRule namesSayWhatTheClassIs = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Manager|Impl)(\\$.*)?")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");

    @ArchTest
    static final ArchRule classesAreFinal = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .doNotHaveSimpleName("package-info")
            .and()
            .areNotAnnotatedWith(State.class) // JMH extends them
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        assertThat(classes)
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                        .as(type.getPackageName())
                        .isTrue());
    }

    @ArchTest
    static void constructorsTakeAtMostSixArguments(JavaClasses classes) {
        List<JavaConstructor> constructors = classes.stream()
                .flatMap(type -> type.getConstructors().stream())
                .toList();
        assertThat(constructors)
                .isNotEmpty()
                .allSatisfy(constructor -> assertThat(constructor.getParameters())
                        .as(constructor.getFullName())
                        .hasSizeLessThanOrEqualTo(MOST_ARGUMENTS));
    }

    @ArchTest
    static void filesAreShort(JavaClasses classes) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty();
            for (Path source : sources) {
                assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(LONGEST_FILE);
            }
        }
    }
}
