package io.triggerquery.documentation.example.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.projection.ProjectionGuard;
import io.triggerquery.documentation.example.Database;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class GuardIT {

    private final DataSource database = Database.dataSource();
    private final Payments payments = new Payments();
    private final GuardedProjection projection = new GuardedProjection(new ProjectionGuard(database), payments);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));

    @Test
    void olderStateIsNotWritten() {
        Billing newer = new Billing("p-guard", true, "bill-2", 2);
        Billing older = new Billing("p-guard", false, "", 1);

        transaction.executeWithoutResult(status -> projection.project(newer));
        transaction.executeWithoutResult(status -> projection.project(older));

        assertThat(payments.updates).containsExactly(newer);
    }
}
