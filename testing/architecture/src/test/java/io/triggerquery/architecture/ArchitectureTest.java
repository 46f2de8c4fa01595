package io.triggerquery.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** Checks the module's own architecture. */
@AnalyzeClasses(
        packages = {"io.triggerquery.architecture", "io.triggerquery.testoutput"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests everyModules = ArchTests.in(CommonRules.class);

    @ArchTest
    static final ArchTests constructors = ArchTests.in(ConstructorRules.class);
}
