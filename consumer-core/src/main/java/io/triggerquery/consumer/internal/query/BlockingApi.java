package io.triggerquery.consumer.internal.query;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A client that the application created itself. The calling thread waits for its answer.
 *
 * @param client the application's bean
 */
record BlockingApi(Object client) implements SourceApi {

    @Override
    public CompletionStage<@Nullable Object> call(Method method, Object argument) {
        try {
            return CompletableFuture.completedFuture(method.invoke(client, argument));
        } catch (InvocationTargetException thrown) {
            return CompletableFuture.failedFuture(thrown.getCause() instanceof Exception cause ? cause : thrown);
        } catch (IllegalAccessException | RuntimeException notCalled) {
            return CompletableFuture.failedFuture(notCalled);
        }
    }
}
