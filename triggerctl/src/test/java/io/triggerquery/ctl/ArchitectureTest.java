package io.triggerquery.ctl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.triggerquery.architecture.CommonRules;
import io.triggerquery.architecture.ConstructorRules;

/** Checks the module's architecture. */
@AnalyzeClasses(packages = "io.triggerquery.ctl", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests everyModules = ArchTests.in(CommonRules.class);

    @ArchTest
    static final ArchTests constructors = ArchTests.in(ConstructorRules.class);

    @ArchTest
    static final ArchRule sourcesDoNotDependOnTheCommands = noClasses()
            .that()
            .resideInAPackage("io.triggerquery.ctl.source")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.triggerquery.ctl");
}
