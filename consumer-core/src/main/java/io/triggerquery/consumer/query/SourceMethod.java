package io.triggerquery.consumer.query;

import io.triggerquery.consumer.Source;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.GenericTypeResolver;

/**
 * The method of a source interface that takes an id and returns its state.
 *
 * @param type the interface
 * @param sourceName the name in {@link Source}
 * @param method the method
 */
public record SourceMethod(Class<?> type, String sourceName, Method method) {

    /**
     * Finds it.
     *
     * @throws FailureAnalyzedException if the type is no source, or has no such method, or several
     */
    public static SourceMethod of(Class<?> type) {
        Source source = type.getAnnotation(Source.class);
        if (!type.isInterface() || source == null || source.value().isBlank()) {
            throw new FailureAnalyzedException(
                    type.getName() + " is not a source.",
                    "Make it an interface with Feign annotations and name it: @Source(\"billing\").");
        }
        List<Method> candidates =
                Arrays.stream(type.getMethods()).filter(SourceMethod::takesAnId).toList();
        if (candidates.size() != 1) {
            throw new FailureAnalyzedException(
                    "The source " + type.getName() + " has " + candidates.size()
                            + " methods that take one String and return a state; it needs exactly one.",
                    "Declare one such method, for example:"
                            + " @RequestLine(\"GET /api/billings/{id}\") Billing byId(@Param(\"id\") String id);");
        }
        Method method = candidates.get(0);
        method.setAccessible(true); // the interface may be package-private
        return new SourceMethod(type, source.value(), method);
    }

    private static boolean takesAnId(Method method) {
        return method.getParameterCount() == 1
                && method.getParameterTypes()[0] == String.class
                && method.getReturnType() != void.class
                && Modifier.isAbstract(method.getModifiers());
    }

    /** The state's type, with its type arguments. */
    public Type stateType() {
        return GenericTypeResolver.resolveType(method.getGenericReturnType(), type);
    }

    SourceCall<Object> on(Object client) {
        return id -> {
            Object state = invoke(client, id);
            if (state == null) {
                throw new NoStateException(sourceName, id);
            }
            return state;
        };
    }

    private Object invoke(Object client, String id) throws Exception {
        try {
            return method.invoke(client, id);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        }
    }
}
