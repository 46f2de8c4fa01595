package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.TriggerQueryListener;
import java.lang.reflect.Method;

/**
 * A method with {@link TriggerQueryListener} and the bean to call it on.
 *
 * @param bean the bean, as the application context returns it
 * @param method the method, as the bean's type declares it
 * @param annotation the annotation of the method
 */
record AnnotatedMethod(Object bean, Method method, TriggerQueryListener annotation) {

    /** Returns class and method, for messages. */
    String name() {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
