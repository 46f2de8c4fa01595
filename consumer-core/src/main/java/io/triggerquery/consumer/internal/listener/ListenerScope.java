package io.triggerquery.consumer.internal.listener;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.Scope;

/**
 * Makes the listener's bean available to expressions by the name that {@code @KafkaListener} gives it.
 *
 * @param bean the bean
 */
record ListenerScope(Object bean) implements Scope {

    private static final String NAME = "__listener";

    @Override
    public @Nullable Object resolveContextualObject(String key) {
        return NAME.equals(key) ? bean : null;
    }

    @Override
    public Object get(String name, ObjectFactory<?> factory) {
        throw new UnsupportedOperationException("this scope has no beans");
    }

    @Override
    public @Nullable Object remove(String name) {
        return null;
    }

    @Override
    public void registerDestructionCallback(String name, Runnable callback) {
        // it has no beans
    }

    @Override
    public @Nullable String getConversationId() {
        return null;
    }
}
