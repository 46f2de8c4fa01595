package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.Snapshot;
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
    private final Parameter parameter;

    private ListenerMethod(Object bean, Method invocable, Parameter parameter) {
        this.bean = bean;
        this.invocable = invocable;
        this.parameter = parameter;
    }

    /**
     * Checks the method and makes it a projection.
     *
     * @param tellsAbsence whether the source may say that it has no such id
     * @throws FailureAnalyzedException if it does not take the state in one of the forms, and nothing else, or returns
     *     something
     */
    static ListenerMethod of(AnnotatedMethod annotated, ResolvableType stateType, boolean tellsAbsence) {
        Method method = annotated.method();
        String state = stateType.toClass().getSimpleName();
        Optional<Parameter> parameter = method.getParameterCount() == 1
                // seen from the bean's class: the method of a generic parent takes what that class says
                ? Parameter.of(
                        ResolvableType.forMethodParameter(method, 0, AopUtils.getTargetClass(annotated.bean())),
                        stateType)
                : Optional.empty();
        if (parameter.isEmpty() || method.getReturnType() != void.class || Modifier.isStatic(method.getModifiers())) {
            throw new FailureAnalyzedException(
                    "The trigger listener " + annotated.name() + " has a wrong signature: " + method.toGenericString(),
                    "Declare it as: void " + method.getName() + "(" + state + " state), or with one parameter of type"
                            + " Snapshot<" + state + ">, List<" + state + "> or List<Snapshot<" + state + ">>");
        }
        if (tellsAbsence && !parameter.get().takesAbsence()) {
            throw new FailureAnalyzedException(
                    "The source of the trigger listener " + annotated.name()
                            + " says when it has no such id, but the listener cannot be told so: "
                            + method.toGenericString(),
                    "Take Snapshot<" + state + "> or List<Snapshot<" + state
                            + ">>, which may be absent, or leave @Source(absence = ...) out.");
        }
        return new ListenerMethod(annotated.bean(), invocable(annotated), parameter.get());
    }

    private static Method invocable(AnnotatedMethod annotated) {
        try {
            Method invocable = AopUtils.selectInvocableMethod(
                    annotated.method(), annotated.bean().getClass());
            checkPassedOn(annotated, invocable);
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

    /** A subclass's proxy has no fields of its own, so what it cannot override must not be called on it. */
    private static void checkPassedOn(AnnotatedMethod annotated, Method method) {
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
        return parameter.takesMany();
    }

    @Override
    public void apply(List<Snapshot<Object>> snapshots) throws Exception {
        try {
            invocable.invoke(bean, parameter.argument(snapshots));
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        }
    }
}
