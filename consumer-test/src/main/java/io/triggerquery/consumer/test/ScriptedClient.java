package io.triggerquery.consumer.test;

import io.triggerquery.consumer.internal.query.SourceMethods;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers the calls of a source's interface by a script. */
final class ScriptedClient implements InvocationHandler {

    private final ScriptedSource script;
    private final SourceMethods methods;

    ScriptedClient(ScriptedSource script, SourceMethods methods) {
        this.script = script;
        this.methods = methods;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
        if (method.equals(methods.byId())) {
            return byId(argument(arguments).toString());
        }
        if (method.equals(methods.byIds())) {
            List<Object> states = byIds((Collection<?>) argument(arguments));
            return method.getReturnType().isInstance(states) ? states : new LinkedHashSet<>(states);
        }
        return switch (method.getName()) {
            case "toString" -> "the scripted source " + methods.sourceName();
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> arguments != null && proxy == arguments[0];
            default ->
                throw new UnsupportedOperationException("The test kit does not support the method " + method + ".");
        };
    }

    private static Object argument(@Nullable Object @Nullable [] arguments) {
        return Objects.requireNonNull(Objects.requireNonNull(arguments)[0]);
    }

    private Object byId(String id) {
        script.called();
        Reaction reaction = script.queried(id);
        if (reaction instanceof Reaction.Answer answer) {
            return answer.state();
        }
        throw reaction instanceof Reaction.Absent absent
                ? absent.failure(id)
                : ((Reaction.Failure) reaction).failure().get();
    }

    /** Answers a call for several ids. An id that fails makes the whole call fail; an absent id is left out. */
    private List<Object> byIds(Collection<?> ids) {
        script.called();
        List<Object> states = new ArrayList<>();
        RuntimeException failure = null;
        for (Object id : ids) {
            Reaction reaction = script.queried(id.toString());
            if (reaction instanceof Reaction.Answer answer) {
                states.add(answer.state());
            } else if (reaction instanceof Reaction.Failure failing && failure == null) {
                failure = failing.failure().get();
            }
        }
        if (failure != null) {
            throw failure;
        }
        return states;
    }
}
