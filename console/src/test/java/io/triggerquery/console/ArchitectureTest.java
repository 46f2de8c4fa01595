package io.triggerquery.console;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.triggerquery.architecture.CommonRules;
import io.triggerquery.architecture.PublicApi;

/** Checks the module's architecture. */
@AnalyzeClasses(packages = "io.triggerquery.console", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchTests every_modules = ArchTests.in(CommonRules.class);

    @ArchTest
    static final ArchRule packages_depend_in_one_direction = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("access")
            .definedBy("..internal.access")
            .layer("part")
            .definedBy("..internal.part")
            .layer("live")
            .definedBy("..internal.live")
            .layer("web")
            .definedBy("..internal.web")
            .layer("autoconfigure")
            .definedBy("..autoconfigure")
            .whereLayer("access")
            .mayOnlyBeAccessedByLayers("web", "autoconfigure")
            .whereLayer("part")
            .mayOnlyBeAccessedByLayers("live", "web", "autoconfigure")
            .whereLayer("live")
            .mayOnlyBeAccessedByLayers("web", "autoconfigure")
            .whereLayer("web")
            .mayOnlyBeAccessedByLayers("autoconfigure")
            .whereLayer("autoconfigure")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static void nothing_is_api_but_the_settings(JavaClasses classes) {
        assertThat(PublicApi.of(classes))
                .containsExactly(
                        "io.triggerquery.console.autoconfigure.TriggerConsoleAutoConfiguration",
                        "io.triggerquery.console.autoconfigure.TriggerConsoleProperties");
    }
}
