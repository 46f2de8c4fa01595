package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.TriggerIdRule;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerOperationException.Reason;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.ListenerReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The view {@code ids}: the ids of a listener that are not done, or one id. */
final class IdView {

    private static final int LIMIT = 20;

    private IdView() {}

    static Object of(ListenerOperations listener, @Nullable String id) {
        List<ListenerReport.Stuck> stuck = listener.report(LIMIT).join().stuck();
        if (id == null) {
            return stuck;
        }
        return stuck.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ListenerOperationException(
                        Reason.UNKNOWN, "The id " + TriggerIdRule.escaped(id) + " is not known here."));
    }
}
