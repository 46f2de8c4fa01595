package io.triggerquery.ctl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.triggerquery.shape.FewArguments;
import io.triggerquery.shape.Shape;

/** The module's shape. */
@AnalyzeClasses(packages = "io.triggerquery.ctl", importOptions = ImportOption.DoNotIncludeTests.class)
class ShapeTest {

    @ArchTest
    static final ArchTests everyModules = ArchTests.in(Shape.class);

    @ArchTest
    static final ArchTests constructors = ArchTests.in(FewArguments.class);

    @ArchTest
    static final ArchRule sourcesKnowNothingOfTheCommands = noClasses()
            .that()
            .resideInAPackage("io.triggerquery.ctl.source")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.triggerquery.ctl");
}
