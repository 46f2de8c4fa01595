package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.query.QueryBean;
import io.triggerquery.consumer.internal.query.SourceDefinition;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.spi.SourceQuery;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.ResolvableType;

/**
 * Finds what a listener queries: the type or the bean that its annotation names.
 *
 * @param beans the beans of the application, or null outside of an application
 */
public record ListenerSources(@Nullable BeanFactory beans) {

    /**
     * Finds the source.
     *
     * @param query the bean that the listener names, or an empty text
     * @throws FailureAnalyzedException if the listener does not name exactly one source, or names one that does not
     *     exist
     */
    SourceDefinition of(AnnotatedListener listener, String query) {
        Class<?> type = listener.annotation().source();
        if (type == void.class == query.isBlank()) {
            throw new FailureAnalyzedException(
                    "The trigger listener " + listener.name() + " has "
                            + (query.isBlank() ? "no source." : "a source and a query, of which it needs one."),
                    "Name the interface that queries the state, source = BillingSource.class, or a bean of type"
                            + " SourceQuery, query = \"billingQuery\".");
        }
        return query.isBlank() ? SourceMethods.of(type) : bean(listener, query);
    }

    private QueryBean bean(AnnotatedListener listener, String name) {
        ResolvableType parameter = listener.state();
        if (!(beans instanceof ConfigurableListableBeanFactory factory)) {
            return QueryBean.of(name, null, parameter.getType());
        }
        if (!factory.containsBean(name) || !factory.isTypeMatch(name, SourceQuery.class)) {
            throw missing(listener, name, factory);
        }
        Source annotation = factory.findAnnotationOnBean(name, Source.class);
        return QueryBean.of(
                name, annotation, declaredState(factory, name).orElse(parameter).getType());
    }

    /** Returns the type of the state that the bean's declaration names, or empty if it names none, as for a lambda. */
    private static Optional<ResolvableType> declaredState(ConfigurableListableBeanFactory factory, String name) {
        return factory.containsBeanDefinition(name)
                ? Optional.of(factory.getMergedBeanDefinition(name)
                                .getResolvableType()
                                .as(SourceQuery.class)
                                .getGeneric())
                        .filter(state -> state.resolve() != null)
                : Optional.empty();
    }

    private static FailureAnalyzedException missing(
            AnnotatedListener listener, String name, ConfigurableListableBeanFactory factory) {
        List<String> names = List.of(factory.getBeanNamesForType(SourceQuery.class));
        return new FailureAnalyzedException(
                "The trigger listener " + listener.name() + " names the query '" + name
                        + "', and there is no bean of that name with the type SourceQuery.",
                names.isEmpty()
                        ? "Declare one: @Bean SourceQuery<Billing> " + name
                                + "() { return SourceQuery.one(id -> ...); }"
                        : "Name one of these beans: " + String.join(", ", names) + ".");
    }
}
