package io.triggerquery.consumer.internal.query;

import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls the methods of a source interface, whether Feign or the application implements it. */
interface SourceApi {

    /** Calls a method. The stage completes with the returned value; a failure completes the stage and is not thrown. */
    CompletionStage<@Nullable Object> call(Method method, Object argument);
}
