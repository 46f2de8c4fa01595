package io.triggerquery.consumer.internal.query;

import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A client that the application created itself. The calling thread waits until its method returns.
 *
 * @param client the application's bean
 * @param deadline ends calls that take too long
 */
record BeanApi(Object client, CallDeadline deadline) implements MethodCalls {

    @Override
    public CompletionStage<@Nullable Object> call(Method method, Object argument) {
        return deadline.run(() -> method.invoke(client, argument));
    }
}
