package io.triggerquery.shape;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;

/** The module's own shape. */
@AnalyzeClasses(packages = "io.triggerquery.shape", importOptions = ImportOption.DoNotIncludeTests.class)
class ShapeTest {

    @ArchTest
    static final ArchTests everyModules = ArchTests.in(Shape.class);

    @ArchTest
    static final ArchTests constructors = ArchTests.in(FewArguments.class);
}
