package io.triggerquery.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;

/** Limits the number of constructor arguments; not for the modules whose report types have many components. */
public final class ConstructorRules {

    private static final int MOST_ARGUMENTS = 6;

    private ConstructorRules() {}

    @ArchTest
    static void constructorsTakeAtMostSixArguments(JavaClasses classes) {
        List<JavaConstructor> constructors = classes.stream()
                // a record of settings has as many parts as there are settings
                .filter(type ->
                        !type.isAnnotatedWith("org.springframework.boot.context.properties.ConfigurationProperties"))
                .flatMap(type -> type.getConstructors().stream())
                .toList();
        assertThat(constructors)
                .isNotEmpty()
                .allSatisfy(constructor -> assertThat(constructor.getParameters())
                        .as(constructor.getFullName())
                        .hasSizeLessThanOrEqualTo(MOST_ARGUMENTS));
    }
}
