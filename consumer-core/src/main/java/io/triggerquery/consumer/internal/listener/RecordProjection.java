package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.ProjectedIds;
import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.projection.TableProjection;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes states to a table as a projection, and lists what is there. */
final class RecordProjection implements Projection<Object>, ListedProjection {

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
    public ProjectedIds idsOf(String listener) {
        return new Ids(listener, table);
    }

    private record Ids(String listener, TableProjection<?> table) implements ProjectedIds {

        @Override
        public Page page(@Nullable String cursor) {
            return table.page(cursor);
        }

        @Override
        public Collection<Entry> entries(Collection<String> ids) {
            return table.entries(ids);
        }
    }
}
