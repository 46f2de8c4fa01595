package io.triggerquery.consumer.test.faults;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Injects failures into single calls of the projection's database. A call is an execution of a statement or a commit,
 * on the thread that runs the action; calls on other threads are not affected.
 *
 * <pre>{@code
 * var faults = new Faults();
 * var projection = new BillingProjection(JdbcClient.create(faults.dataSource(postgres)));
 * faults.fail(2, When.BEFORE, () -> projection.project(billing));
 * }</pre>
 *
 * <p>For a store without JDBC, use {@link #call}.
 *
 * <p>Threads: any; one action at a time.
 */
public final class Faults {

    private volatile @Nullable Plan plan;

    /** An action of a test. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** Undoes a call that is meant to have no effect. */
    interface Undo {
        Undo NOTHING = () -> {};

        void undo() throws Exception;
    }

    private static final class Plan {
        private final Thread thread = Thread.currentThread();
        private final int call;
        private final When when;
        private final @Nullable Action interruption;
        private int calls;

        private Plan(int call, When when, @Nullable Action interruption) {
            this.call = call;
            this.when = when;
            this.interruption = interruption;
        }
    }

    /** Returns the database with faults in its calls. Needs spring-jdbc. */
    public DataSource dataSource(DataSource real) {
        return new FaultyDataSource(real, this);
    }

    /** Executes a call of a store other than a JDBC database, which can fail like a database call. */
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        return around(call, Undo.NOTHING, () -> new IllegalStateException(message()));
    }

    /**
     * Runs the action and fails one of its calls.
     *
     * @param call the number of the call; 1 is the first
     * @return whether the action made that many calls
     * @throws Exception if the action throws it
     */
    public boolean fail(int call, When when, Action action) throws Exception {
        return run(new Plan(call, when, null), action);
    }

    /**
     * Runs the action, and another action directly before one of its calls.
     *
     * @param call the number of the call; 1 is the first
     * @param meanwhile the action to run before the call
     * @return whether the action made that many calls
     * @throws Exception if the action throws it
     */
    public boolean interrupt(int call, Action meanwhile, Action action) throws Exception {
        return run(new Plan(call, When.BEFORE, meanwhile), action);
    }

    private boolean run(Plan planned, Action action) throws Exception {
        if (plan != null) {
            throw new IllegalStateException("Another action with faults is running. Run one at a time.");
        }
        plan = planned;
        try {
            action.run();
        } finally {
            plan = null;
        }
        return planned.calls >= planned.call;
    }

    <T extends @Nullable Object> T around(Callable<T> call, Undo undo, Supplier<Exception> failure) throws Exception {
        Plan current = plan;
        if (current == null || current.thread != Thread.currentThread() || ++current.calls != current.call) {
            return call.call();
        }
        if (current.interruption != null) {
            current.interruption.run();
            return call.call();
        }
        if (current.when == When.BEFORE) {
            undo.undo();
        } else {
            call.call();
        }
        throw failure.get();
    }

    static String message() {
        return "The test has failed this call.";
    }
}
