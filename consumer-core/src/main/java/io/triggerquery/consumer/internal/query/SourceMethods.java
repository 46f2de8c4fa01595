package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.id.IdConversion;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;

/**
 * The methods of a source's interface or class that take ids and return states.
 *
 * @param type the interface or class
 * @param source its annotation
 * @param byId the method that takes one id
 * @param byIds the method that takes several ids, or null if there is none
 */
public record SourceMethods(
        Class<?> type, Source source, Method byId, @Nullable Method byIds) implements SourceDefinition {

    /**
     * Finds the methods.
     *
     * @throws FailureAnalyzedException if the type is not a source, or does not have exactly one method by id
     */
    public static SourceMethods of(Class<?> type) {
        Source source = type.getAnnotation(Source.class);
        if (source == null || source.value().isBlank()) {
            throw new FailureAnalyzedException(
                    type.getName() + " is not a source.",
                    "Annotate it with @Source and a name, for example @Source(\"billing\"). If you have a bean of type"
                            + " SourceQuery, name it by the attribute query instead of source.");
        }
        checkNames(type, source);
        List<Method> byId = methods(type, source, method -> takesAnId(method, type));
        List<Method> byString = byId.stream()
                .filter(method -> conversionOfId(type, method).equals(Optional.of(IdConversion.STRING)))
                .toList();
        if (!byString.isEmpty()) {
            byId = byString; // a method that takes a number may be another question
        }
        if (byId.size() != 1) {
            throw wrongNumber(
                    type, source, byId, "one String, Long, Integer or UUID and return a state; it needs exactly one");
        }
        Method method = byId.get(0);
        Source completed = MarkedComponents.completed(
                source,
                ResolvableType.forType(ReturnType.of(method, type).content()).toClass());
        var methods = new SourceMethods(type, completed, method, byIds(type, completed));
        States.of(methods); // fails if a property does not exist
        return methods;
    }

    private static void checkNames(Class<?> type, Source source) {
        Set<String> existing =
                Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
        Arrays.stream(source.method())
                .filter(name -> !existing.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new FailureAnalyzedException(
                            "@Source(method = \"" + name + "\") of " + type.getName()
                                    + " names a method that it does not have.",
                            "Name a public method that takes one id or several ids, or remove the attribute.");
                });
    }

    private static @Nullable Method byIds(Class<?> type, Source source) {
        List<Method> byIds = methods(type, source, method -> takesIds(method, type));
        if (byIds.isEmpty()) {
            return null;
        }
        if (byIds.size() > 1) {
            throw wrongNumber(type, source, byIds, "several ids; at most one is allowed");
        }
        Method method = byIds.get(0);
        if (source.id().isEmpty() && !ReturnType.of(method, type).isMap()) {
            throw new FailureAnalyzedException(
                    "The source " + type.getName() + " has a method for several ids, but does not name the property"
                            + " that holds the id of a state.",
                    "Name the property of the state that holds its id: @Source(value = \"" + source.value()
                            + "\", id = \"id\").");
        }
        return method;
    }

    private static FailureAnalyzedException wrongNumber(
            Class<?> type, Source source, List<Method> found, String expected) {
        String names = found.stream().map(Method::getName).sorted().collect(Collectors.joining(", "));
        String description = "The source " + type.getName() + " has " + found.size() + " methods that take " + expected
                + "." + (found.isEmpty() ? "" : " Found: " + names + ".");
        return new FailureAnalyzedException(
                description,
                found.isEmpty()
                        ? SourceStyle.of(type).exampleAdvice()
                        : "Name the methods to use, for one id and for several ids: @Source(value = \"" + source.value()
                                + "\", method = \"" + found.get(0).getName() + "\").");
    }

    private static List<Method> methods(Class<?> type, Source source, Predicate<Method> wanted) {
        List<String> names = List.of(source.method());
        List<Method> methods = Arrays.stream(type.getMethods())
                .filter(method -> names.isEmpty() || names.contains(method.getName()))
                .filter(method -> isOfSource(type, method))
                .filter(wanted)
                .sorted(Comparator.comparing(Method::getName)) // reflection has no order
                .toList();
        methods.forEach(method -> method.setAccessible(true)); // the type may be package-private
        return methods;
    }

    private static boolean isOfSource(Class<?> type, Method method) {
        int modifiers = method.getModifiers();
        return type.isInterface()
                ? Modifier.isAbstract(modifiers)
                : !Modifier.isStatic(modifiers) && !method.isBridge() && method.getDeclaringClass() != Object.class;
    }

    private static boolean takesAnId(Method method, Class<?> type) {
        return method.getParameterCount() == 1
                && conversionOfId(type, method).isPresent()
                && method.getReturnType() != void.class;
    }

    private static boolean takesIds(Method method, Class<?> type) {
        return method.getParameterCount() == 1
                && method.getParameterTypes()[0].isAssignableFrom(List.class)
                && Collection.class.isAssignableFrom(method.getParameterTypes()[0])
                && ReturnType.of(method, type).hasMany();
    }

    private static Optional<IdConversion> conversionOfId(Class<?> type, Method method) {
        return IdConversion.to(GenericTypeResolver.resolveType(method.getGenericParameterTypes()[0], type));
    }

    /** Returns whether the method by id returns a future, so that no thread has to wait for its answer. */
    public boolean returnsFuture() {
        return ReturnType.isFuture(byId.getReturnType());
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
                                .toClass())
                        .orElse(IdConversion.STRING);
    }

    @Override
    public Set<IdConversion> conversions() {
        return EnumSet.of(idConversion(), idsConversion());
    }

    /**
     * Returns a value of a method's return type, as the test kit's clients do.
     *
     * @param content the state, or the states by their ids
     */
    public Object wrap(Method method, Object content) {
        return ReturnType.wrap(GenericTypeResolver.resolveType(method.getGenericReturnType(), type), content);
    }

    @Override
    public Type stateType() {
        return ReturnType.of(byId, type).content();
    }

    @Override
    public String description() {
        return type.getName();
    }
}
