package io.triggerquery.consumer.spi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.ThrowingFunction;

/**
 * A query whose calls are for one id each.
 *
 * @param call queries the id
 * @param <S> the type of the state
 */
record OneIdQuery<S>(ThrowingFunction<String, CompletionStage<Map<String, S>>> call) implements SourceQuery<S> {

    @Override
    public CompletionStage<Map<String, S>> query(List<String> ids) throws Exception {
        return call.applyWithException(ids.get(0));
    }

    @Override
    public boolean takesMany() {
        return false;
    }

    /** Returns an answer with a state. A null stays in the answer, where it counts as a failure. */
    static <S> Map<String, S> answer(String id, @Nullable S state) {
        return Collections.singletonMap(id, state);
    }

    @SuppressWarnings("OptionalAssignedToNull") // a function of the application may return null
    static <S> Map<String, S> optionalAnswer(String id, @Nullable Optional<S> state) {
        return state == null
                ? answer(id, null)
                : state.map(found -> answer(id, found)).orElseGet(Map::of);
    }
}
