package io.triggerquery.consumer.internal.query;

import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls the methods of a source's type, whether Feign or the application implements it. */
interface MethodCalls {

    /**
     * Calls a method. The stage completes with the returned value, or with that of the returned future; a failure
     * completes the stage and is not thrown.
     */
    CompletionStage<@Nullable Object> call(Method method, Object argument);
}
