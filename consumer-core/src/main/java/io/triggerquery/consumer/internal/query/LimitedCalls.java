package io.triggerquery.consumer.internal.query;

import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Ends calls that take too long in a part of the application, such as its load balancer or an interceptor.
 *
 * @param calls makes the calls
 * @param deadline ends them
 */
record LimitedCalls(MethodCalls calls, CallDeadline deadline) implements MethodCalls {

    @Override
    public CompletionStage<@Nullable Object> call(Method method, Object argument) {
        return deadline.run(() -> calls.call(method, argument));
    }
}
