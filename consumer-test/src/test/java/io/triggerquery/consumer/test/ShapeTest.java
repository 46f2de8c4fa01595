package io.triggerquery.consumer.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The module's shape. */
@AnalyzeClasses(packages = "io.triggerquery.consumer.test", importOptions = DoNotIncludeTests.class)
class ShapeTest {

    private static final int MAX_LINES = 300;

    @ArchTest
    static final ArchRule packages_depend_in_one_direction = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("kit")
            .definedBy("io.triggerquery.consumer.test")
            .layer("faults")
            .definedBy("..test.faults")
            .layer("guarantees")
            .definedBy("..test.guarantees")
            .layer("broker")
            .definedBy("..test.broker")
            .layer("autoconfigure")
            .definedBy("..test.autoconfigure")
            .whereLayer("kit")
            .mayOnlyBeAccessedByLayers("guarantees", "broker", "autoconfigure")
            .whereLayer("faults")
            .mayOnlyBeAccessedByLayers("guarantees", "broker", "autoconfigure")
            .whereLayer("guarantees")
            .mayOnlyBeAccessedByLayers("broker")
            .whereLayer("broker")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("autoconfigure")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("io.triggerquery.consumer.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_kit_waits_for_nothing = noClasses()
            .that()
            .resideInAnyPackage("io.triggerquery.consumer.test", "..test.faults", "..test.autoconfigure")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Thread.class, "join", long.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.awaitility..", "org.springframework.kafka.test..");

    @ArchTest
    static final ArchRule nobody_sleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule names_say_something = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Impl|Manager|Abstract\\w*|TriggerContext)")
            .orShould()
            .resideInAnyPackage("..impl..", "..internal..", "..utils..", "..util..");

    @ArchTest
    static final ArchRule classes_are_final = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .areNotAnnotations()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule packages_are_null_marked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    @Test
    void filesAreSmallAndEveryPackageHasAPackageInfo() throws IOException {
        try (var walk = Files.walk(Path.of("src/main/java"))) {
            List<Path> files =
                    walk.filter(path -> path.toString().endsWith(".java")).toList();
            assertThat(files).isNotEmpty().allSatisfy(file -> {
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(MAX_LINES);
                assertThat(file.resolveSibling("package-info.java")).exists();
            });
        }
    }
}
