package io.triggerquery.consumer.internal.query;

import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A source's interface, whoever implements it. */
interface SourceApi {

    /** Calls a method. Completes with what it returned; a failure completes the stage, none is thrown. */
    CompletionStage<@Nullable Object> call(Method method, Object argument);
}
