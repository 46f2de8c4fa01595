package io.triggerquery.consumer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "io.triggerquery.consumer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final int MAX_LINES = 300;

    @ArchTest
    static final ArchRule packages_depend_in_one_direction = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("api")
            .definedBy("io.triggerquery.consumer")
            .layer("failure")
            .definedBy("..consumer.failure")
            .layer("engine")
            .definedBy("..consumer.engine")
            .layer("query")
            .definedBy("..consumer.query")
            .layer("projection")
            .definedBy("..consumer.projection")
            .layer("resync")
            .definedBy("..consumer.resync")
            .layer("metrics")
            .definedBy("..consumer.metrics")
            .layer("kafka")
            .definedBy("..consumer.kafka")
            .layer("listener")
            .definedBy("..consumer.listener")
            .layer("actuate")
            .definedBy("..consumer.actuate")
            .layer("autoconfigure")
            .definedBy("..consumer.autoconfigure")
            .whereLayer("failure")
            .mayNotAccessAnyLayer()
            .whereLayer("engine")
            .mayOnlyBeAccessedByLayers("metrics", "resync", "kafka", "listener", "actuate", "autoconfigure")
            .whereLayer("query")
            .mayOnlyBeAccessedByLayers("listener", "autoconfigure")
            .whereLayer("projection")
            .mayOnlyAccessLayers("api")
            .whereLayer("projection")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("resync")
            .mayOnlyBeAccessedByLayers("listener", "actuate", "autoconfigure")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("listener", "autoconfigure")
            .whereLayer("kafka")
            .mayOnlyBeAccessedByLayers("listener", "autoconfigure")
            .whereLayer("listener")
            .mayOnlyBeAccessedByLayers("actuate", "autoconfigure")
            .whereLayer("actuate")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("autoconfigure")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("io.triggerquery.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_engine_is_plain_java = noClasses()
            .that()
            .resideInAPackage("..engine")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework..", "org.slf4j..", "org.apache.kafka..")
                    .and(not(named("org.apache.kafka.common.TopicPartition"))));

    @ArchTest
    static final ArchRule the_engine_asks_no_clock = noClasses()
            .that()
            .resideInAPackage("..engine")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

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

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, type -> type.getName().equals(name));
    }

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
