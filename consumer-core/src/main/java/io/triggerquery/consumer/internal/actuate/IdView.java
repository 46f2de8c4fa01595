package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerOperationException.Reason;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.SourceAnswer;
import org.jspecify.annotations.Nullable;

/**
 * The view {@code ids} of a listener: the ids that are stuck in its group, or what is known of one id.
 *
 * @param shown what it shows
 */
record IdView(Shown shown) {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 1_000;

    /** Returns what is known of an id, or without one the stuck ids. */
    Object of(ListenerOperations listener, @Nullable String id, @Nullable String limit) {
        if (id != null) {
            return new GroupStory(listener, shown).of(id);
        }
        return new GroupStuck(listener, shown).longest(limit(limit));
    }

    /** Queries the source for an id. */
    SourceAnswer ask(ListenerOperations listener, String id) {
        SourceAnswer answer = listener.ask(id, shown.states());
        return shown.errors() ? answer : answer.withoutErrors();
    }

    private static int limit(@Nullable String given) {
        if (given == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(given);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException noNumber) {
            // refused below
        }
        throw new ListenerOperationException(Reason.INVALID, "The parameter limit is a number from 1 to " + MAX_LIMIT);
    }
}
