package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.Projection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/** Calls the annotated method as a projection. */
final class ListenerMethod implements Projection<Object> {

    private final Object bean;
    private final Method invocable;
    private final Parameters parameters;

    private ListenerMethod(Object bean, Method invocable, Parameters parameters) {
        this.bean = bean;
        this.invocable = invocable;
        this.parameters = parameters;
    }

    /**
     * Validates the method and wraps it as a projection.
     *
     * @param reportsAbsence whether the source can report that an id does not exist
     * @throws FailureAnalyzedException if its parameters are not the state, and perhaps the trigger, in one of the
     *     supported forms, or if it returns a value
     */
    static ListenerMethod of(AnnotatedMethod annotated, ResolvableType stateType, boolean reportsAbsence) {
        Method method = annotated.method();
        String state = stateType.toClass().getSimpleName();
        Optional<Parameters> parameters = Parameters.of(method, AopUtils.getTargetClass(annotated.bean()), stateType);
        if (parameters.isEmpty() || method.getReturnType() != void.class || Modifier.isStatic(method.getModifiers())) {
            throw new FailureAnalyzedException(
                    "The trigger listener " + annotated.name() + " has an unsupported signature: "
                            + method.toGenericString(),
                    "Declare it as: void " + method.getName() + "(" + state + " state), or with a parameter of type"
                            + " Snapshot<" + state + ">, List<" + state + "> or List<Snapshot<" + state
                            + ">>. A second parameter may be the Trigger; with a list of states, it is a"
                            + " List<Trigger>.");
        }
        if (reportsAbsence && !parameters.get().state().takesAbsence()) {
            throw new FailureAnalyzedException(
                    "The source of the trigger listener " + annotated.name()
                            + " reports absent ids, but the listener cannot receive them: "
                            + method.toGenericString(),
                    "Declare the parameter as Snapshot<" + state + "> or List<Snapshot<" + state
                            + ">>, which may be absent, or remove @Source(absence = ...).");
        }
        return new ListenerMethod(annotated.bean(), invocable(annotated), parameters.get());
    }

    private static Method invocable(AnnotatedMethod annotated) {
        try {
            Method invocable = AopUtils.selectInvocableMethod(
                    annotated.method(), annotated.bean().getClass());
            checkProxied(annotated, invocable);
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

    /**
     * Checks that a subclass proxy overrides the method. Otherwise the method would run on the proxy, whose fields are
     * not set.
     */
    private static void checkProxied(AnnotatedMethod annotated, Method method) {
        Class<?> proxy = annotated.bean().getClass();
        if (AopUtils.isCglibProxy(annotated.bean()) && !isOverridden(proxy, method)) {
            throw new FailureAnalyzedException(
                    "The trigger listener " + annotated.name()
                            + " cannot be called through the bean's proxy, because the proxy, a subclass, cannot"
                            + " override it: " + method.toGenericString(),
                    "Make the method public and not final (in Kotlin: open).");
        }
    }

    private static boolean isOverridden(Class<?> proxy, Method method) {
        for (Class<?> type = proxy; type != null && type != method.getDeclaringClass(); type = type.getSuperclass()) {
            Method override = ReflectionUtils.findMethod(type, method.getName(), method.getParameterTypes());
            if (override != null && override.getDeclaringClass() == type) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean takesMany() {
        return parameters.state().takesMany();
    }

    @Override
    public void apply(List<Snapshot<Object>> snapshots, List<Trigger> triggers) throws Exception {
        try {
            invocable.invoke(bean, parameters.arguments(snapshots, triggers));
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        }
    }
}
