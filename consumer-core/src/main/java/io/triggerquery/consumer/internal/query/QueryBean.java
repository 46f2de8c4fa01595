package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Source;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * A bean of type {@link io.triggerquery.consumer.spi.SourceQuery}.
 *
 * @param beanName the name of the bean
 * @param source its annotation
 * @param stateType the type of its states
 */
public record QueryBean(String beanName, Source source, Type stateType) implements SourceDefinition {

    /**
     * Describes a bean.
     *
     * @param annotation its annotation, or null if it has none; then the bean's name is the source's name
     * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if a property that the annotation names
     *     does not exist
     */
    public static QueryBean of(String beanName, @Nullable Source annotation, Type stateType) {
        Source source = annotation == null
                ? AnnotationUtils.synthesizeAnnotation(Map.of("value", beanName), Source.class, null)
                : annotation;
        Class<?> state = ResolvableType.forType(stateType).toClass();
        var bean = new QueryBean(beanName, MarkedComponents.completed(source, state), stateType);
        States.of(bean); // fails if a property does not exist
        return bean;
    }

    @Override
    public String description() {
        return "the bean '" + beanName + "'";
    }
}
