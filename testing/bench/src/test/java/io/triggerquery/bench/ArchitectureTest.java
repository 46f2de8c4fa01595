package io.triggerquery.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.triggerquery.architecture.CommonRules;
import io.triggerquery.architecture.ConstructorRules;

/** Checks the module's architecture. */
@AnalyzeClasses(
        packages = "io.triggerquery.bench",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WrittenByHand.class})
class ArchitectureTest {

    /** Excludes the classes that JMH generates. */
    static final class WrittenByHand implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/jmh_generated/");
        }
    }

    @ArchTest
    static final ArchTests everyModules = ArchTests.in(CommonRules.class);

    @ArchTest
    static final ArchTests constructors = ArchTests.in(ConstructorRules.class);

    @ArchTest
    static final ArchRule peersDoNotDependOnTheMeasurement = noClasses()
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
