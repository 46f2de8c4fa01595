package io.triggerquery.testbed;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.triggerquery.architecture.CommonRules;
import io.triggerquery.architecture.ConstructorRules;

/** Checks the module's architecture. */
@AnalyzeClasses(packages = "io.triggerquery.testbed", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests everyModules = ArchTests.in(CommonRules.class);

    @ArchTest
    static final ArchTests constructors = ArchTests.in(ConstructorRules.class);
}
