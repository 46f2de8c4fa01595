package io.triggerquery.consumer.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.triggerquery.architecture.CommonRules;

/** Checks the module's architecture. */
@AnalyzeClasses(packages = "io.triggerquery.consumer.test", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests every_modules = ArchTests.in(CommonRules.class);

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
}
