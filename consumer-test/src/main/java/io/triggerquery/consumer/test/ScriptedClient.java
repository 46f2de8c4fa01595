package io.triggerquery.consumer.test;

import io.triggerquery.consumer.internal.query.SourceMethods;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Collection;
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
            return methods.wrap(method, script.one(argument(arguments).toString()));
        }
        if (method.equals(methods.byIds())) {
            return methods.wrap(method, script.many((Collection<?>) argument(arguments)));
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
}
