package io.triggerquery.testbed;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.triggerquery.shape.FewArguments;
import io.triggerquery.shape.Shape;

/** The module's shape. */
@AnalyzeClasses(packages = "io.triggerquery.testbed", importOptions = ImportOption.DoNotIncludeTests.class)
class ShapeTest {

    @ArchTest
    static final ArchTests everyModules = ArchTests.in(Shape.class);

    @ArchTest
    static final ArchTests constructors = ArchTests.in(FewArguments.class);
}
