package io.triggerquery.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;

/** Lists the types that users of a module may depend on, so that a change of the list is a decision. */
public final class PublicApi {

    private PublicApi() {}

    /** Returns the names of the public top-level types outside of {@code internal} packages, sorted. */
    public static List<String> of(JavaClasses classes) {
        return classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !type.getPackageName().contains(".internal."))
                .map(JavaClass::getName)
                .sorted()
                .toList();
    }
}
