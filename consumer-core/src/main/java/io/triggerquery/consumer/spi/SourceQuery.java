package io.triggerquery.consumer.spi;

import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.ThrowingFunction;

/**
 * Queries the source of a listener with any client, for example a gRPC stub. {@link TriggerQueryListener#query()} names
 * the bean. A client with methods that take an id and return its state needs no such bean; see {@link Source}.
 *
 * <pre>{@code
 * @Bean
 * @Source(value = "billing", version = "version", absence = Absence.NOT_FOUND)
 * SourceQuery<Billing> billingQuery(BillingClient client) {
 *     return SourceQuery.optional(client::find);
 * }
 *
 * @TriggerQueryListener(topics = "billing.billing-changed", query = "billingQuery")
 * void project(Snapshot<Billing> billing) { ... }
 * }</pre>
 *
 * <p>{@link Source}, at the bean's class or at the method that declares it, is optional. Without it the source has the
 * bean's name, its states have no version, and it reports no absence.
 *
 * <p>Threads: called by many threads at the same time. A query may block, and then occupies a thread of the listener.
 * After 1 minute its thread is interrupted, or its stage is cancelled, and the source counts as unavailable; set
 * shorter timeouts in the client. Bounds: {@code triggerquery.sources.NAME.max-calls} concurrent calls.
 *
 * @param <S> the type of the state
 */
@FunctionalInterface
public interface SourceQuery<S> {

    /**
     * Queries the current states of ids. They must have been read from the source after this call began.
     *
     * <p>An id that the answer for several ids leaves out is queried again alone. An answer for one id that leaves it
     * out says that the source does not have it: an absence with {@link Absence#NOT_FOUND}, otherwise a failure. A null
     * is always a failure.
     *
     * @param ids the ids, all different; 1 to {@code triggerquery.sources.NAME.max-ids}, or always 1 if this query does
     *     not {@linkplain #takesMany take many}
     * @return a stage that completes with the states by their ids, or with a failure
     * @throws Exception equivalent to a stage that completes with a failure. The exceptions of the JDK's, Feign's and
     *     Spring's clients are recognized; for those of other clients, a {@link FailureRule} says what they mean
     */
    CompletionStage<? extends Map<String, ? extends @Nullable S>> query(List<String> ids) throws Exception;

    /** Returns whether a call may be for several ids; by default it may. */
    default boolean takesMany() {
        return true;
    }

    /**
     * Returns a query by a function that blocks and returns the state of one id.
     *
     * <p><b>A null is a failure, not an absence:</b> the id is tried again until the function returns a state. If the
     * source can delete ids, use {@link #optional}.
     */
    static <S> SourceQuery<S> one(ThrowingFunction<String, S> function) {
        return new OneIdQuery<>(
                id -> CompletableFuture.completedFuture(OneIdQuery.answer(id, function.applyWithException(id))));
    }

    /**
     * Returns a query by a function that blocks and returns the state of one id, or empty if the source does not have
     * it. An empty Optional is an absence if the source is declared with {@link Absence#NOT_FOUND}, otherwise a
     * failure.
     */
    static <S> SourceQuery<S> optional(ThrowingFunction<String, Optional<S>> function) {
        return new OneIdQuery<>(id ->
                CompletableFuture.completedFuture(OneIdQuery.optionalAnswer(id, function.applyWithException(id))));
    }

    /**
     * Returns a query by a function that does not block and returns a stage with the state of one id. As with {@link
     * #one}, a null is a failure; a query that is a lambda of its own can leave the id out of its answer instead.
     */
    static <S> SourceQuery<S> async(ThrowingFunction<String, ? extends CompletionStage<S>> function) {
        return new OneIdQuery<>(id -> function.applyWithException(id).thenApply(state -> OneIdQuery.answer(id, state)));
    }

    /** Returns a query by a function that blocks and returns the states that the source has, by their ids. */
    static <S> SourceQuery<S> many(ThrowingFunction<List<String>, Map<String, S>> function) {
        return ids -> CompletableFuture.completedFuture(function.applyWithException(ids));
    }

    /**
     * Returns a query by a function that blocks and returns the states that the source has.
     *
     * @param idOf returns the id of a state. Two different states of one id are a failure
     */
    static <S> SourceQuery<S> many(
            ThrowingFunction<List<String>, ? extends Collection<S>> function, Function<S, String> idOf) {
        return ids -> {
            Map<String, S> states = new HashMap<>();
            for (S state : function.applyWithException(ids)) {
                S other = states.put(idOf.apply(state), state);
                if (other != null && !other.equals(state)) {
                    throw new IllegalStateException("The answer has two states of the id " + idOf.apply(state) + ".");
                }
            }
            return CompletableFuture.completedFuture(states);
        };
    }
}
