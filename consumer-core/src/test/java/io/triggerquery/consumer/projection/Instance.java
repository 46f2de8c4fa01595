package io.triggerquery.consumer.projection;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** An instance of a service that projects things. Several instances share a database. */
final class Instance {

    static final String PROJECTION = "things";

    final ProjectionGuard guard;
    final TransactionTemplate transaction;
    final JdbcClient jdbc;

    Instance(DataSource dataSource) {
        guard = new ProjectionGuard(dataSource);
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    }

    /** Creates the first instance, with an empty projection. */
    static Instance first(DataSource dataSource) {
        Instance instance = new Instance(dataSource);
        instance.jdbc.sql("drop table if exists thing").update();
        instance.jdbc
                .sql("create table thing (id varchar(256) primary key, version bigint not null)")
                .update();
        return instance;
    }

    boolean found(String id, long version) {
        return transaction.execute(status -> projectFound(id, version));
    }

    boolean absent(String id, OptionalLong version) {
        return transaction.execute(status -> projectAbsent(id, version));
    }

    List<Candidate> batch(Collection<Candidate> candidates) {
        return transaction.execute(status -> projectAll(candidates));
    }

    /** The handler's body. The caller has begun the transaction. */
    boolean projectFound(String id, long version) {
        boolean admitted = guard.admit(PROJECTION, id, version);
        if (admitted) {
            write(id, version);
        }
        return admitted;
    }

    boolean projectAbsent(String id, OptionalLong version) {
        boolean admitted = guard.admitAbsent(PROJECTION, id, version);
        if (admitted) {
            delete(id);
        }
        return admitted;
    }

    List<Candidate> projectAll(Collection<Candidate> candidates) {
        List<Candidate> admitted = guard.admit(PROJECTION, candidates, candidate -> candidate);
        for (Candidate candidate : admitted) {
            if (candidate instanceof Candidate.Found found) {
                write(found.id(), found.version());
            } else {
                delete(candidate.id());
            }
        }
        return admitted;
    }

    /** Returns the rows of the projection. */
    Map<String, Long> things() {
        Map<String, Long> things = new TreeMap<>();
        RowCallbackHandler each = row -> things.put(row.getString(1), row.getLong(2));
        jdbc.sql("select id, version from thing").query(each);
        return things;
    }

    /** Runs an action in another thread, and thus with another connection. */
    static <T> FutureTask<T> elsewhere(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task, "elsewhere").start();
        return task;
    }

    // no version in this SQL, which relies on the guard and on one row per id
    private void write(String id, long version) {
        delete(id);
        jdbc.sql("insert into thing (id, version) values (?, ?)")
                .params(id, version)
                .update();
    }

    private void delete(String id) {
        jdbc.sql("delete from thing where id = ?").param(id).update();
    }
}
