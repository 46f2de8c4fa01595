package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Source;
import java.beans.BeanInfo;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * A property of the state that {@link Source} names: a record component or a bean property.
 *
 * @param name the name of the property
 * @param reader the method that reads it
 */
record StateProperty(String name, Method reader) {

    /**
     * Finds the property.
     *
     * @throws FailureAnalyzedException if the state has no such property of one of the types
     */
    static StateProperty of(Class<?> state, String attribute, String name, Set<Class<?>> types) {
        Method reader = Stream.concat(recordComponent(state, name).stream(), getter(state, name).stream())
                .filter(found -> types.contains(found.getReturnType()))
                .findFirst()
                .orElseThrow(() -> new FailureAnalyzedException(
                        "@Source(" + attribute + " = \"" + name + "\") does not name a property of " + state.getName()
                                + " of type "
                                + String.join(
                                        " or ",
                                        types.stream()
                                                .map(Class::getSimpleName)
                                                .sorted()
                                                .toList())
                                + ".",
                        "Name a record component or a getter of the state that the source returns."));
        reader.setAccessible(true); // the state may be package-private
        return new StateProperty(name, reader);
    }

    private static Optional<Method> recordComponent(Class<?> state, String name) {
        return state.isRecord()
                ? Arrays.stream(state.getRecordComponents())
                        .filter(component -> component.getName().equals(name))
                        .map(RecordComponent::getAccessor)
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Method> getter(Class<?> state, String name) {
        try {
            BeanInfo bean = Introspector.getBeanInfo(state);
            return Arrays.stream(bean.getPropertyDescriptors())
                    .filter(property -> property.getName().equals(name))
                    .map(PropertyDescriptor::getReadMethod)
                    .filter(Objects::nonNull)
                    .findFirst();
        } catch (IntrospectionException unreadable) {
            return Optional.empty();
        }
    }

    @Nullable
    Object of(Object state) throws Exception {
        try {
            return reader.invoke(state);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        }
    }
}
