package io.triggerquery.consumer.test.faults;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets single calls of the projection's database fail. A call is an execution of a statement or a commit, on the
 * thread that runs the action; what other threads do meanwhile is left alone.
 *
 * <pre>{@code
 * var faults = new Faults();
 * var projection = new BillingProjection(JdbcClient.create(faults.dataSource(postgres)));
 * faults.fail(2, When.BEFORE, () -> projection.project(billing));
 * }</pre>
 *
 * <p>A store that is not reached by JDBC takes part by {@link #call}.
 *
 * <p>Threads: any; one action at a time.
 */
public final class Faults {

    private volatile @Nullable Plan plan;

    /** What a test does. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** What a call's undoing does, when the call is not to happen. */
    interface Undoing {
        Undoing NOTHING = () -> {};

        void undo() throws Exception;
    }

    private static final class Plan {
        private final Thread thread = Thread.currentThread();
        private final int call;
        private final When when;
        private final @Nullable Action instead;
        private int passed;

        private Plan(int call, When when, @Nullable Action instead) {
            this.call = call;
            this.when = when;
            this.instead = instead;
        }
    }

    /** The same database, with its calls within reach of faults. Needs spring-jdbc. */
    public DataSource dataSource(DataSource real) {
        return new FaultyDataSource(real, this);
    }

    /** Makes one call of a store other than a JDBC database, within reach of faults. */
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        return around(call, Undoing.NOTHING, () -> new IllegalStateException(message()));
    }

    /**
     * Runs the action and lets one of its calls fail.
     *
     * @param call which: 1 is the first
     * @return whether there were so many calls
     * @throws Exception what the action throws
     */
    public boolean fail(int call, When when, Action action) throws Exception {
        return run(new Plan(call, when, null), action);
    }

    /**
     * Runs the action and, on its way, does something else just before one of its calls.
     *
     * @param call which: 1 is the first
     * @param meanwhile what to do then
     * @return whether there were so many calls
     * @throws Exception what the action throws
     */
    public boolean interrupt(int call, Action meanwhile, Action action) throws Exception {
        return run(new Plan(call, When.BEFORE, meanwhile), action);
    }

    private boolean run(Plan planned, Action action) throws Exception {
        if (plan != null) {
            throw new IllegalStateException("faults are planned for one action at a time");
        }
        plan = planned;
        try {
            action.run();
        } finally {
            plan = null;
        }
        return planned.passed >= planned.call;
    }

    <T extends @Nullable Object> T around(Callable<T> call, Undoing undoing, Supplier<Exception> failure)
            throws Exception {
        Plan current = plan;
        if (current == null || current.thread != Thread.currentThread() || ++current.passed != current.call) {
            return call.call();
        }
        if (current.instead != null) {
            current.instead.run();
            return call.call();
        }
        if (current.when == When.BEFORE) {
            undoing.undo();
        } else {
            call.call();
        }
        throw failure.get();
    }

    static String message() {
        return "the test lets this call fail";
    }
}
