package io.triggerquery.consumer.internal.query;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks a source for states. A failure completes the returned stage and is not thrown. */
interface SourceApi {

    /** Returns whether a call may be for several ids. */
    boolean takesMany();

    /** Asks for one id. The stage completes with its state, with null, or with an empty Optional. */
    CompletionStage<@Nullable Object> one(String id);

    /** Asks for several ids. The stage completes with a collection of states, a map of states by their ids, or null. */
    CompletionStage<@Nullable Object> many(List<String> ids);
}
