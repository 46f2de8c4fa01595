package io.triggerquery.consumer.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/** The text of a failure of a database has its message, and no values of the row. */
class DatabaseMessagesTest {

    private static final SQLException CHECK = new SQLException(
            "ERROR: new row violates check constraint \"positive\"\n  Detail: Failing row contains (a, secret).",
            "23514");

    @Test
    void messageOfDatabaseIsAddedWhereSpringOmitsIt() {
        var missing = new SQLException("ERROR: column \"text\" does not exist", "42703");
        assertThat(OneLine.of(new BadSqlGrammarException("ConnectionCallback", "", missing)))
                .isEqualTo("org.springframework.jdbc.BadSqlGrammarException: ERROR: column \"text\" does not exist");
        var refused = new SQLTransientConnectionException("the pool waited 30 s", new SQLException("refused"));
        assertThat(OneLine.of(new CannotGetJdbcConnectionException("Failed to obtain JDBC Connection", refused)))
                .endsWith("CannotGetJdbcConnectionException: the pool waited 30 s; refused");
        assertThat(OneLine.of(new CannotCreateTransactionException("Could not open JDBC Connection", refused)))
                .endsWith("Could not open JDBC Connection; the pool waited 30 s; refused");
    }

    @Test
    void messageOfDatabaseReplacesALongStatement() {
        var failure = new DataIntegrityViolationException(
                "PreparedStatementCallback; SQL [" + "x".repeat(600) + "]; too long", new SQLException("too long"));
        assertThat(OneLine.of(failure)).endsWith("DataIntegrityViolationException: too long");
    }

    @Test
    void valuesOfRefusedRowAreOmitted() {
        var batch = new BatchUpdateException(
                "Batch entry 0 insert into t values ('secret') was aborted: " + CHECK.getMessage(),
                "23514",
                0,
                new int[0],
                CHECK);
        for (Throwable failure : new Throwable[] {
            CHECK,
            batch,
            new RuntimeException(CHECK),
            new RuntimeException(batch),
            new DataIntegrityViolationException("SQL [insert]; " + batch.getMessage(), batch),
            new IllegalStateException("of the application", batch)
        }) {
            assertThat(OneLine.of(failure))
                    .contains("violates check constraint \"positive\"")
                    .doesNotContain("secret")
                    .startsWith(failure.getClass().getName());
        }
    }

    @Test
    void otherFailuresAreUnchanged() {
        var own = new IllegalStateException("of the application", new SQLException((String) null));
        assertThat(OneLine.of(own)).isEqualTo(own.toString());
        assertThat(OneLine.of("a text")).isEqualTo("a text");
    }
}
