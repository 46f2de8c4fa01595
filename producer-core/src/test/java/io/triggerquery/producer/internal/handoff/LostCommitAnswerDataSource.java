package io.triggerquery.producer.internal.handoff;

import io.triggerquery.producer.ObservedConnection;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts the connections in use, and can lose the answer to a COMMIT. */
final class LostCommitAnswerDataSource extends DelegatingDataSource {

    /** Whether a COMMIT succeeds but is answered with an error. */
    boolean losesCommitAnswers;

    int inUse;

    LostCommitAnswerDataSource(DataSource target) {
        super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = super.getConnection();
        inUse++;
        return ObservedConnection.of(real, method -> {
            if (method.equals("commit") && losesCommitAnswers) {
                throw new SQLException("connection reset", "08007");
            }
            if (method.equals("close")) {
                inUse--;
            }
        });
    }
}
