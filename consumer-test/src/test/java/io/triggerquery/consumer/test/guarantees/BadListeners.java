package io.triggerquery.consumer.test.guarantees;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.test.PlainSource;
import io.triggerquery.consumer.test.Thing;
import io.triggerquery.consumer.test.ThingSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Listeners that each break one guarantee by a common mistake. */
final class BadListeners {

    private BadListeners() {}

    /** Is not idempotent, because it counts. */
    record Counting(JdbcClient jdbc) {

        @TriggerQueryListener(topics = "things", source = PlainSource.class)
        void project(Thing thing) {
            jdbc.sql(GoodListeners.UPSERT.replace("thing.version <", "thing.version <="))
                    .paramSource(thing)
                    .update();
        }
    }

    /** Is not idempotent, because a second insert fails. */
    record Inserting(JdbcClient jdbc) {

        @TriggerQueryListener(topics = "things", source = PlainSource.class)
        void project(Thing thing) {
            jdbc.sql("delete from thing where id = :id and version < :version")
                    .paramSource(thing)
                    .update();
            jdbc.sql("insert into thing (id, text, version) values (:id, :text, :version)")
                    .paramSource(thing)
                    .update();
        }
    }

    /** Overwrites newer states with older ones. */
    record Overwriting(JdbcClient jdbc) {

        @TriggerQueryListener(topics = "things", source = PlainSource.class)
        void project(Thing thing) {
            jdbc.sql("""
                            insert into thing (id, text, version) values (:id, :text, :version)
                            on conflict (id) do update set text = excluded.text, version = excluded.version
                            """).paramSource(thing).update();
        }
    }

    /** Compares versions in memory, while another instance may change the row. */
    record ReadingThenWriting(JdbcClient jdbc, TransactionTemplate transaction) {

        @TriggerQueryListener(topics = "things", source = PlainSource.class)
        void project(Thing thing) {
            transaction.executeWithoutResult(status -> {
                Optional<Long> known = jdbc.sql("select version from thing where id = :id")
                        .paramSource(thing)
                        .query(Long.class)
                        .optional();
                if (known.isEmpty()) {
                    jdbc.sql(GoodListeners.UPSERT).paramSource(thing).update();
                } else if (known.get() < thing.version()) {
                    jdbc.sql("update thing set text = :text, version = :version where id = :id")
                            .paramSource(thing)
                            .update();
                }
            });
        }
    }

    /** Logs the failure of its database and continues. */
    record Swallowing(JdbcClient jdbc) {

        @TriggerQueryListener(topics = "things", source = PlainSource.class)
        void project(Thing thing) {
            try {
                jdbc.sql(GoodListeners.UPSERT).paramSource(thing).update();
            } catch (DataAccessException ignored) {
                // "it will come again"
            }
        }
    }

    /** Writes a batch row by row, without a transaction. */
    record NotTransactional(JdbcClient jdbc) {

        @TriggerQueryListener(topics = "things", source = ThingSource.class)
        void project(List<Snapshot<Thing>> things) {
            things.forEach(thing -> jdbc.sql(GoodListeners.UPSERT)
                    .param("id", thing.id())
                    .param(
                            "text",
                            thing instanceof Snapshot.Found<Thing> found
                                    ? found.state().text()
                                    : null)
                    .param("version", thing.version().orElseThrow())
                    .update());
        }
    }

    /** Writes the version, and then the state in another transaction. */
    record VersionFirst(JdbcClient jdbc) {

        @TriggerQueryListener(topics = "things", source = PlainSource.class)
        void project(Thing thing) {
            int newer = jdbc.sql("""
                            insert into thing_version (id, version) values (:id, :version)
                            on conflict (id) do update set version = excluded.version
                             where thing_version.version < excluded.version
                            """).paramSource(thing).update();
            if (newer > 0) {
                jdbc.sql(GoodListeners.UPSERT).paramSource(thing).update();
            }
        }
    }

    /** Returns before the state is durable, like a listener that passes it to another thread. */
    record WriteBehind(JdbcClient jdbc, Deque<Thing> later) {

        WriteBehind(JdbcClient jdbc) {
            this(jdbc, new ArrayDeque<>());
        }

        @TriggerQueryListener(topics = "things", source = PlainSource.class)
        void project(Thing thing) {
            later.forEach(earlier ->
                    jdbc.sql(GoodListeners.UPSERT).paramSource(earlier).update());
            later.clear();
            later.add(thing);
        }
    }

    /** Deletes without a tombstone. */
    record WithoutTombstone(JdbcClient jdbc) {

        @TriggerQueryListener(topics = "things", source = ThingSource.class)
        void project(Snapshot<Thing> thing) {
            if (thing instanceof Snapshot.Found<Thing> found) {
                jdbc.sql(GoodListeners.UPSERT).paramSource(found.state()).update();
            } else {
                jdbc.sql("delete from thing where id = ? and version <= ?")
                        .params(thing.id(), thing.version().orElseThrow())
                        .update();
            }
        }
    }

    /** Deletes without comparing versions. */
    record DeletingBlindly(JdbcClient jdbc) {

        @TriggerQueryListener(topics = "things", source = ThingSource.class)
        void project(Snapshot<Thing> thing) {
            if (thing instanceof Snapshot.Found<Thing> found) {
                jdbc.sql(GoodListeners.UPSERT).paramSource(found.state()).update();
            } else {
                jdbc.sql("update thing set text = null, version = ? where id = ?")
                        .params(thing.version().orElseThrow(), thing.id())
                        .update();
            }
        }
    }
}
