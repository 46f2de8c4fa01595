package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.query.SourceDefinition;
import java.lang.reflect.Method;
import org.springframework.core.ResolvableType;

/**
 * A method with {@link TriggerQueryListener} and the bean to call it on.
 *
 * @param bean the bean, as the application context returns it
 * @param method the method, as the bean's type declares it
 * @param annotation the annotation of the method
 */
record AnnotatedMethod(Object bean, Method method, TriggerQueryListener annotation) implements AnnotatedListener {

    @Override
    public String name() {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    @Override
    public ResolvableType state() {
        return Parameter.stateOf(this);
    }

    @Override
    public Projection<Object> projection(SourceDefinition source) {
        return ListenerMethod.of(this, ResolvableType.forType(source.stateType()), source.reportsAbsence());
    }
}
