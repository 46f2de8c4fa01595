package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.projection.TableProjection;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes states to a table as a projection, and reads the versions there. */
final class RecordProjection implements Projection<Object>, ProjectedVersions.Lookup {

    private final TableProjection<Object> table;

    @SuppressWarnings("unchecked") // the source returns this record
    RecordProjection(TableProjection<?> table) {
        this.table = (TableProjection<Object>) table;
    }

    @Override
    public boolean takesMany() {
        return true;
    }

    @Override
    public void apply(List<Snapshot<Object>> snapshots, List<Trigger> triggers) {
        table.apply(snapshots);
    }

    @Override
    public Map<String, Long> versions(Collection<String> ids) {
        return table.versions(ids);
    }
}
