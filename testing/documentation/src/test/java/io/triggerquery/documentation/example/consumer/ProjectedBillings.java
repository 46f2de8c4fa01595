package io.triggerquery.documentation.example.consumer;

import io.triggerquery.consumer.ProjectedIds;
import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.consumer.ResyncSource.Page;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
record ProjectedBillings(JdbcClient jdbc) implements ProjectedIds {

    @Override
    public String listener() {
        return "billing.billing-changed";
    }

    @Override
    public Page page(@Nullable String cursor) {
        List<Entry> entries = jdbc.sql(
                        "select payment_id, version from billing where payment_id > ? order by payment_id limit 500")
                .param(cursor == null ? "" : cursor)
                .query((row, number) -> Entry.of(row.getString(1), row.getLong(2)))
                .list();
        return new Page(
                entries,
                entries.isEmpty() ? null : entries.get(entries.size() - 1).id());
    }

    @Override
    public Collection<Entry> entries(Collection<String> ids) {
        return jdbc.sql("select payment_id, version from billing where payment_id in (:ids)")
                .param("ids", ids)
                .query((row, number) -> Entry.of(row.getString(1), row.getLong(2)))
                .list();
    }
}
