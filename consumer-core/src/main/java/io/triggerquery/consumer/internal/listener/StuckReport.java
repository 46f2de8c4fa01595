package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.engine.StuckIds;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ids of a listener that fail, wait for another answer, or whose round takes long.
 *
 * @param total their number
 * @param ids those that have been stuck longest, longest first
 */
public record StuckReport(int total, List<ListenerReport.Stuck> ids) {

    /** The largest number of ids in an answer to another instance. */
    public static final int MAX_SENT = 50;

    static StuckReport of(StuckIds stuck) {
        return new StuckReport(
                stuck.total(),
                stuck.longest().stream().map(ListenerReport.Stuck::of).toList());
    }

    /** Returns this report as JSON. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> toJson() {
        return JsonMapper.shared().convertValue(this, Map.class);
    }

    /** Returns this report without messages of exceptions. */
    public StuckReport withoutErrors() {
        return new StuckReport(
                total, ids.stream().map(ListenerReport.Stuck::withoutErrors).toList());
    }
}
