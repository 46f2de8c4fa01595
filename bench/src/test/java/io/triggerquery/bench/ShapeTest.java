package io.triggerquery.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.triggerquery.shape.FewArguments;
import io.triggerquery.shape.Shape;

/** The module's shape. */
@AnalyzeClasses(
        packages = "io.triggerquery.bench",
        importOptions = {ImportOption.DoNotIncludeTests.class, ShapeTest.WrittenByHand.class})
class ShapeTest {

    /** Leaves out what JMH generates. */
    static final class WrittenByHand implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/jmh_generated/");
        }
    }

    @ArchTest
    static final ArchTests everyModules = ArchTests.in(Shape.class);

    @ArchTest
    static final ArchTests constructors = ArchTests.in(FewArguments.class);

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
}
