package io.triggerquery.bench.peer;

import java.sql.SQLException;
import java.util.List;

/**
 * A projection that can be switched to fail for every state, as if a deployment had forgotten a column.
 *
 * <p>Threads: any.
 */
final class BreakableProjection implements Projection {

    private static final String UNDEFINED_COLUMN = "42703";

    private final Projection projection;
    private volatile boolean broken;

    BreakableProjection(Projection projection) {
        this.projection = projection;
    }

    void broken(boolean now) {
        broken = now;
    }

    @Override
    public void project(Billing billing) {
        check();
        projection.project(billing);
    }

    @Override
    public void project(List<Billing> billings) {
        check();
        projection.project(billings);
    }

    private void check() {
        if (broken) {
            throw new IllegalStateException(
                    "cannot write states", new SQLException("column \"bill_id\" does not exist", UNDEFINED_COLUMN));
        }
    }

    @Override
    public void close() {
        projection.close();
    }
}
