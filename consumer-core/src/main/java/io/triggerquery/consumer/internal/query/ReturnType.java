package io.triggerquery.consumer.internal.query;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;

/**
 * The return type of a source's method, which may wrap the state or the states in a {@link CompletionStage}, a {@code
 * ResponseEntity} and an {@link Optional}.
 *
 * @param value what the method's future completes with, or the return type itself
 * @param content the type without all wrappers, with its type arguments
 * @param entity whether one of the wrappers is a {@code ResponseEntity}
 */
record ReturnType(Type value, Type content, boolean entity) {

    private static final String RESPONSE_ENTITY = "org.springframework.http.ResponseEntity";

    static ReturnType of(Method method, Class<?> type) {
        ResolvableType value =
                ResolvableType.forType(GenericTypeResolver.resolveType(method.getGenericReturnType(), type));
        if (isFuture(value.toClass())) {
            value = value.getGeneric();
        }
        ResolvableType content = value;
        boolean entity = false;
        while (isEntity(content) || content.toClass() == Optional.class) {
            entity |= isEntity(content);
            content = content.getGeneric();
        }
        return new ReturnType(value.getType(), content.getType(), entity);
    }

    static boolean isFuture(Class<?> type) {
        return type == CompletableFuture.class || type == CompletionStage.class;
    }

    private static boolean isEntity(ResolvableType type) {
        return type.toClass().getName().equals(RESPONSE_ENTITY); // Spring's web classes are optional
    }

    /** Returns whether values have to be unwrapped, after their future has completed. */
    boolean isWrapped() {
        return !value.equals(content);
    }

    /** Returns whether the content can be the states of several ids. */
    boolean hasMany() {
        return Collection.class.isAssignableFrom(contentClass()) || isMap();
    }

    /** Returns whether the content is states by their ids. */
    boolean isMap() {
        return Map.class.isAssignableFrom(contentClass());
    }

    private Class<?> contentClass() {
        return ResolvableType.forType(content).toClass();
    }

    /**
     * Returns the content of a value, or an empty Optional if the value is one.
     *
     * @throws UnsuccessfulAnswerException if a {@code ResponseEntity} has a status that is not successful
     */
    @Nullable
    Object unwrap(@Nullable Object wrapped) {
        Object unwrapped = wrapped;
        for (int depth = 0; depth < 2; depth++) { // an entity within an Optional, or the other way round
            if (entity) {
                unwrapped = ResponseEntities.body(unwrapped);
            }
            if (unwrapped instanceof Optional<?> optional && optional.isPresent()) {
                unwrapped = optional.get();
            }
        }
        return unwrapped;
    }

    /** Wraps a state, or states by their ids, into a value of a return type. */
    static Object wrap(Type returned, Object content) {
        ResolvableType type = ResolvableType.forType(returned);
        Class<?> raw = type.toClass();
        if (isFuture(raw)) {
            return CompletableFuture.completedFuture(wrap(type.getGeneric().getType(), content));
        }
        if (raw == Optional.class) {
            return Optional.of(wrap(type.getGeneric().getType(), content));
        }
        if (isEntity(type)) {
            return ResponseEntities.of(wrap(type.getGeneric().getType(), content));
        }
        if (content instanceof Map<?, ?> states && Collection.class.isAssignableFrom(raw)) {
            List<Object> list = List.copyOf(states.values());
            return raw.isInstance(list) ? list : new LinkedHashSet<>(list);
        }
        return content;
    }
}
