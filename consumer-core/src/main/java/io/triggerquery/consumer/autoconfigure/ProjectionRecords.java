package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.TriggerQueryProjection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds the records with {@link TriggerQueryProjection} in the packages of the application, and registers a bean for
 * each that writes its table.
 */
final class ProjectionRecords implements BeanDefinitionRegistryPostProcessor {

    private static final String JDBC = "org.springframework.jdbc.core.JdbcTemplate";

    private final Environment environment;
    private final ResourceLoader resources;

    ProjectionRecords(Environment environment, ResourceLoader resources) {
        this.environment = environment;
        this.resources = resources;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (!(registry instanceof ConfigurableListableBeanFactory beans) || !AutoConfigurationPackages.has(beans)) {
            return;
        }
        for (String name : names(AutoConfigurationPackages.get(beans))) {
            Class<?> type = ClassUtils.resolveClassName(name, resources.getClassLoader());
            check(type);
            TableProjectionBeans.register(registry, beans, type);
        }
    }

    private Set<String> names(List<String> packages) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false, environment) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return true;
            }
        };
        scanner.setResourceLoader(resources);
        scanner.addIncludeFilter(new AnnotationTypeFilter(TriggerQueryProjection.class, true, true));
        scanner.addIncludeFilter(new AnnotationTypeFilter(TriggerQueryListener.class, true, true));
        Set<String> names = new TreeSet<>();
        for (String one : packages) {
            for (BeanDefinition found : scanner.findCandidateComponents(one)) {
                names.add(String.valueOf(found.getBeanClassName()));
            }
        }
        return names;
    }

    private void check(Class<?> type) {
        if (!AnnotatedElementUtils.isAnnotated(type, TriggerQueryProjection.class)) {
            throw new FailureAnalyzedException(
                    type.getName() + " has @TriggerQueryListener, but no @TriggerQueryProjection, which names"
                            + " the table for its states.",
                    "Name the table, if it is a record: @TriggerQueryProjection(table = \"...\"). Otherwise put"
                            + " @TriggerQueryListener on a method.");
        }
        if (!ClassUtils.isPresent(JDBC, resources.getClassLoader())) {
            throw new FailureAnalyzedException(
                    type.getName() + " has @TriggerQueryProjection, which needs spring-jdbc.",
                    "Add the dependency org.springframework.boot:spring-boot-starter-jdbc.");
        }
    }
}
