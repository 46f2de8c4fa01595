package io.triggerquery.consumer.listener;

import io.triggerquery.consumer.Projection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.ResolvableType;

/** The annotated method as a projection. */
final class ListenerMethod implements Projection<Object> {

    private final Object bean;
    private final Method invocable;

    private ListenerMethod(Object bean, Method invocable) {
        this.bean = bean;
        this.invocable = invocable;
    }

    /**
     * Checks the method and makes it a projection.
     *
     * @throws FailureAnalyzedException if it does not take the state, and nothing else, or returns something
     */
    static ListenerMethod of(AnnotatedMethod annotated, ResolvableType stateType) {
        Method method = annotated.method();
        boolean fits = method.getParameterCount() == 1
                && ResolvableType.forMethodParameter(method, 0).isAssignableFrom(stateType);
        if (!fits || method.getReturnType() != void.class || Modifier.isStatic(method.getModifiers())) {
            throw new FailureAnalyzedException(
                    "The trigger listener " + annotated.name() + " has a wrong signature: " + method.toGenericString(),
                    "Declare it as: void " + method.getName() + "("
                            + stateType.toClass().getSimpleName() + " state)");
        }
        return new ListenerMethod(annotated.bean(), invocable(annotated));
    }

    private static Method invocable(AnnotatedMethod annotated) {
        try {
            Method invocable = AopUtils.selectInvocableMethod(
                    annotated.method(), annotated.bean().getClass());
            invocable.setAccessible(true);
            return invocable;
        } catch (IllegalStateException hidden) {
            throw new FailureAnalyzedException(
                    "The trigger listener " + annotated.name() + " cannot be called through the bean's proxy: "
                            + hidden.getMessage(),
                    "Make the method public, and declare it in the proxied interface if there is one.",
                    hidden);
        }
    }

    @Override
    public void apply(Object state) throws Exception {
        try {
            invocable.invoke(bean, state);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        }
    }
}
