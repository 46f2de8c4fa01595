package io.triggerquery.consumer.test.guarantees;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.projection.ProjectionGuard;
import io.triggerquery.consumer.test.PlainSource;
import io.triggerquery.consumer.test.Thing;
import io.triggerquery.consumer.test.ThingSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Listeners that keep the guarantees. */
final class GoodListeners {

    static final String UPSERT = """
            insert into thing (id, text, version) values (:id, :text, :version)
            on conflict (id) do update
               set text = excluded.text, version = excluded.version, changes = thing.changes + 1
             where thing.version < excluded.version
            """;

    private GoodListeners() {}

    /** Writes one state with one statement. */
    record OneStatement(JdbcClient jdbc) {

        @TriggerQueryListener(topics = "things", source = PlainSource.class)
        void project(Thing thing) {
            jdbc.sql(UPSERT).paramSource(thing).update();
        }
    }

    /** Writes batches in a transaction, with tombstones. */
    record Batches(JdbcClient jdbc, TransactionTemplate transaction) {

        static Batches on(DataSource database) {
            return new Batches(
                    JdbcClient.create(database), new TransactionTemplate(new JdbcTransactionManager(database)));
        }

        @TriggerQueryListener(topics = "things", source = ThingSource.class)
        void project(List<Snapshot<Thing>> things) {
            transaction.executeWithoutResult(status -> things.forEach(this::upsert));
        }

        private void upsert(Snapshot<Thing> thing) {
            jdbc.sql(UPSERT)
                    .param("id", thing.id())
                    .param(
                            "text",
                            thing instanceof Snapshot.Found<Thing> found
                                    ? found.state().text()
                                    : null)
                    .param("version", thing.version().orElseThrow())
                    .update();
        }
    }

    /** Locks the row, then reads, compares and writes. */
    record Locking(JdbcClient jdbc, TransactionTemplate transaction) {

        static Locking on(DataSource database) {
            return new Locking(
                    JdbcClient.create(database), new TransactionTemplate(new JdbcTransactionManager(database)));
        }

        @TriggerQueryListener(topics = "things", source = PlainSource.class)
        void project(Thing thing) {
            transaction.executeWithoutResult(status -> {
                jdbc.sql("insert into thing (id, version) values (:id, 0) on conflict do nothing")
                        .paramSource(thing)
                        .update();
                long known = jdbc.sql("select version from thing where id = :id for update")
                        .paramSource(thing)
                        .query(Long.class)
                        .single();
                if (known < thing.version()) {
                    jdbc.sql("update thing set text = :text, version = :version where id = :id")
                            .paramSource(thing)
                            .update();
                }
            });
        }
    }

    /** Uses the guard for the comparison. */
    record Guarded(JdbcClient jdbc, TransactionTemplate transaction, ProjectionGuard guard) {

        static Guarded by(DataSource database) {
            return new Guarded(
                    JdbcClient.create(database),
                    new TransactionTemplate(new JdbcTransactionManager(database)),
                    new ProjectionGuard(database));
        }

        @TriggerQueryListener(topics = "things", source = ThingSource.class)
        void project(Snapshot<Thing> thing) {
            transaction.executeWithoutResult(status -> {
                if (thing instanceof Snapshot.Found<Thing> found) {
                    write(found.state());
                } else if (guard.admitAbsent("things", thing.id(), thing.version())) {
                    jdbc.sql("delete from thing where id = ?").param(thing.id()).update();
                }
            });
        }

        private void write(Thing thing) {
            if (guard.admit("things", thing.id(), thing.version())) {
                jdbc.sql("""
                                insert into thing (id, text, version) values (:id, :text, :version)
                                on conflict (id) do update set text = excluded.text, version = excluded.version
                                """).paramSource(thing).update();
            }
        }
    }
}
