package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.id.IdConversion;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;

/**
 * The methods of a source interface that take ids and return states.
 *
 * @param type the interface
 * @param source its annotation
 * @param byId the method that takes one id
 * @param byIds the method that takes several ids, or null if there is none
 */
public record SourceMethods(
        Class<?> type, Source source, Method byId, @Nullable Method byIds) {

    /**
     * Finds the methods.
     *
     * @throws FailureAnalyzedException if the type is not a source, or does not have exactly one method by id
     */
    public static SourceMethods of(Class<?> type) {
        Source source = type.getAnnotation(Source.class);
        if (!type.isInterface() || source == null || source.value().isBlank()) {
            throw new FailureAnalyzedException(
                    type.getName() + " is not a source.",
                    "Make it an interface with Feign annotations and name it: @Source(\"billing\").");
        }
        List<Method> byId = methods(type, method -> takesAnId(type, method));
        List<Method> byString = byId.stream()
                .filter(method -> conversionOfId(type, method).equals(Optional.of(IdConversion.STRING)))
                .toList();
        if (!byString.isEmpty()) {
            byId = byString; // a method that takes a number may be another question
        }
        if (byId.size() != 1) {
            throw new FailureAnalyzedException(
                    "The source " + type.getName() + " has " + byId.size()
                            + " methods that take one String, Long, Integer or UUID and return a state; it needs exactly"
                            + " one.",
                    "Declare one such method, for example:"
                            + " @RequestLine(\"GET /api/billings/{id}\") Billing byId(@Param(\"id\") String id);");
        }
        var methods = new SourceMethods(type, source, byId.get(0), byIds(type, source));
        methods.states(); // fails if a property does not exist
        return methods;
    }

    private static @Nullable Method byIds(Class<?> type, Source source) {
        List<Method> byIds = methods(type, SourceMethods::takesIds);
        if (byIds.isEmpty()) {
            return null;
        }
        if (byIds.size() > 1) {
            throw new FailureAnalyzedException(
                    "The source " + type.getName() + " has " + byIds.size()
                            + " methods that take several ids; at most one is allowed.",
                    "Keep one of them in the interface.");
        }
        if (source.id().isEmpty()) {
            throw new FailureAnalyzedException(
                    "The source " + type.getName() + " has a method for several ids, but does not name the property"
                            + " that holds the id of a state.",
                    "Name the property of the state that holds its id: @Source(value = \"" + source.value()
                            + "\", id = \"id\").");
        }
        return byIds.get(0);
    }

    private static List<Method> methods(Class<?> type, Predicate<Method> wanted) {
        List<Method> methods = Arrays.stream(type.getMethods()).filter(wanted).toList();
        methods.forEach(method -> method.setAccessible(true)); // the interface may be package-private
        return methods;
    }

    private static boolean takesAnId(Class<?> type, Method method) {
        return method.getParameterCount() == 1
                && conversionOfId(type, method).isPresent()
                && method.getReturnType() != void.class
                && Modifier.isAbstract(method.getModifiers());
    }

    private static boolean takesIds(Method method) {
        return method.getParameterCount() == 1
                && method.getParameterTypes()[0].isAssignableFrom(List.class)
                && Collection.class.isAssignableFrom(method.getParameterTypes()[0])
                && Collection.class.isAssignableFrom(method.getReturnType())
                && Modifier.isAbstract(method.getModifiers());
    }

    private static Optional<IdConversion> conversionOfId(Class<?> type, Method method) {
        return IdConversion.to(GenericTypeResolver.resolveType(method.getGenericParameterTypes()[0], type));
    }

    /** Returns the conversion of the id that the method by id takes. */
    public IdConversion idConversion() {
        return conversionOfId(type, byId).orElse(IdConversion.STRING);
    }

    /** Returns the conversion of each id in the list that the method by ids takes. */
    public IdConversion idsConversion() {
        return byIds == null
                ? idConversion()
                : IdConversion.to(ResolvableType.forMethodParameter(byIds, 0, type)
                                .asCollection()
                                .getGeneric()
                                .getType())
                        .orElse(IdConversion.STRING);
    }

    /** Returns the conversions of ids for all methods. */
    public Set<IdConversion> conversions() {
        return EnumSet.of(idConversion(), idsConversion());
    }

    /** Returns the name of the source. */
    public String sourceName() {
        return source.value();
    }

    /** Returns whether the source can report that an id does not exist. */
    public boolean reportsAbsence() {
        return source.absence() != Absence.NEVER;
    }

    /** Returns the type of the state, with its type arguments. */
    public Type stateType() {
        return GenericTypeResolver.resolveType(byId.getGenericReturnType(), type);
    }

    States states() {
        return States.of(ResolvableType.forType(stateType()).toClass(), source.id(), source.version());
    }
}
