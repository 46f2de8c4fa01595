package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.FailureKind;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Which failures concern the database, and which the statement; each as thrown by the driver and as translated. */
class DatabaseFailuresTest {

    private static FailureKind kindOf(Throwable failure) {
        return new Failures(List.of()).kindOf(failure);
    }

    /** All forms in which an application may see the failure. */
    private static List<Throwable> forms(String product, SQLException failure) {
        List<Throwable> forms = new ArrayList<>(List.of(
                failure,
                new IllegalStateException("wrapped", failure),
                new DataAccessResourceFailureException("as Spring translates by the class of the state", failure),
                new TransactionSystemException("could not commit", failure),
                new BatchUpdateException(
                        "in a batch", failure.getSQLState(), failure.getErrorCode(), new int[0], failure)));
        for (SQLExceptionTranslator translator : List.of(
                new SQLErrorCodeSQLExceptionTranslator(product),
                new SQLExceptionSubclassTranslator(),
                new SQLStateSQLExceptionTranslator())) {
            DataAccessException translated = translator.translate("project", "update payment", failure);
            if (translated != null) {
                forms.add(translated);
            }
        }
        return forms;
    }

    /** As the product's driver throws it. */
    private static SQLException thrown(String product, String state, int code) {
        if (product.equals("PostgreSQL")) {
            return new SQLException("as asked", state, code);
        }
        return switch (state.substring(0, 2)) {
            case "08" -> new SQLNonTransientConnectionException("as asked", state, code);
            case "22", "42" -> new SQLSyntaxErrorException("as asked", state, code);
            case "23" -> new SQLIntegrityConstraintViolationException("as asked", state, code);
            case "40" -> new SQLTransactionRollbackException("as asked", state, code);
            default -> new SQLException("as asked", state, code);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, 08000, 0",
        "PostgreSQL, 08001, 0",
        "PostgreSQL, 08003, 0",
        "PostgreSQL, 08004, 0",
        "PostgreSQL, 08006, 0",
        "PostgreSQL, 08P01, 0",
        "PostgreSQL, 25006, 0",
        "PostgreSQL, 28000, 0",
        "PostgreSQL, 28P01, 0",
        "PostgreSQL, 3D000, 0",
        "PostgreSQL, 53000, 0",
        "PostgreSQL, 53100, 0",
        "PostgreSQL, 53200, 0",
        "PostgreSQL, 53300, 0",
        "PostgreSQL, 57P01, 0",
        "PostgreSQL, 57P02, 0",
        "PostgreSQL, 57P03, 0",
        "PostgreSQL, 57P04, 0",
        "PostgreSQL, 57P05, 0",
        "PostgreSQL, 58000, 0",
        "PostgreSQL, 58030, 0",
        "MySQL, 08001, 0",
        "MySQL, 08S01, 0",
        "MySQL, 08004, 1040",
        "MySQL, 08S01, 1053",
        "MySQL, 08S01, 1158",
        "MySQL, 28000, 1045",
        "MySQL, 25006, 1792",
        "MySQL, HY000, 1290",
        "MySQL, HY000, 1836",
        "MySQL, HY000, 1021",
        "MySQL, HY001, 1037",
        "MySQL, HY001, 1038",
        "MySQL, 42000, 1049",
        "MySQL, 42000, 1044",
        "MySQL, 42000, 1203",
        "MySQL, 42000, 1226",
        "MySQL, HY000, 1129",
        "MySQL, HY000, 1130",
        "MySQL, HY000, 1114",
        "MySQL, HY000, 1135",
        "MySQL, HY000, 1820",
        "MySQL, S1000, 1820",
        "MySQL, HY000, 1862",
        "MySQL, HY000, 3118",
        "MySQL, HY000, 3032",
        "MySQL, HY000, 3168",
        "MySQL, HY000, 3169",
        "MySQL, HY000, 4031",
        "MySQL, 08S01, 1047",
        "MariaDB, 70100, 1927",
        "MariaDB, HY000, 4151",
        "H2, 90067, 90067",
        "H2, 90098, 90098",
        "H2, 90121, 90121",
        "H2, 90020, 90020",
        "H2, 90028, 90028",
        "H2, 90031, 90031",
        "H2, 90030, 90030",
        "H2, 90097, 90097",
        "H2, 90108, 90108",
        "H2, 90135, 90135",
        "H2, 90146, 90146",
        "H2, 90007, 90007",
        "H2, 28000, 28000"
    })
    void unavailableDatabase(String product, String state, int code) {
        assertThat(forms(product, thrown(product, state, code)))
                .allSatisfy(failure -> assertThat(kindOf(failure)).isEqualTo(FailureKind.UNAVAILABLE));
    }

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, 0A000, 0",
        "PostgreSQL, 21000, 0",
        "PostgreSQL, 22001, 0",
        "PostgreSQL, 22003, 0",
        "PostgreSQL, 22021, 0",
        "PostgreSQL, 22P02, 0",
        "PostgreSQL, 23502, 0",
        "PostgreSQL, 23503, 0",
        "PostgreSQL, 23505, 0",
        "PostgreSQL, 23514, 0",
        "PostgreSQL, 25001, 0",
        "PostgreSQL, 25P02, 0",
        "PostgreSQL, 25P03, 0",
        "PostgreSQL, 40001, 0",
        "PostgreSQL, 40P01, 0",
        "PostgreSQL, 42501, 0",
        "PostgreSQL, 42703, 0",
        "PostgreSQL, 42P01, 0",
        "PostgreSQL, 54000, 0",
        "PostgreSQL, 54001, 0",
        "PostgreSQL, 54023, 0",
        "PostgreSQL, 55P03, 0",
        "PostgreSQL, 57014, 0",
        "PostgreSQL, P0001, 0",
        "PostgreSQL, XX000, 0",
        "PostgreSQL, XX001, 0",
        "MySQL, 22001, 1406",
        "MySQL, 22003, 1264",
        "MySQL, 23000, 1062",
        "MySQL, 23000, 1452",
        "MySQL, 40001, 1213",
        "MySQL, 40001, 1205",
        "MySQL, HY000, 1205",
        "MySQL, 42S22, 1054",
        "MySQL, 42S02, 1146",
        "MySQL, 42000, 1064",
        "MySQL, HY000, 1366",
        "MySQL, HY000, 1364",
        "MySQL, 45000, 1644",
        "MySQL, HY000, 3024",
        "MySQL, 70100, 1317",
        "MariaDB, 70100, 1969",
        "MySQL, 08S01, 1153",
        "MySQL, HY000, 1020",
        "MySQL, S1000, 1020",
        "H2, 22001, 22001",
        "H2, 23505, 23505",
        "H2, 40001, 40001",
        "H2, 42122, 42122",
        "H2, 42102, 42102",
        "H2, HYT00, 50200",
        "H2, 57014, 57014",
        "H2, 90005, 90005"
    })
    void oneStatementFailed(String product, String state, int code) {
        assertThat(forms(product, thrown(product, state, code)))
                .allSatisfy(failure -> assertThat(kindOf(failure)).isEqualTo(FailureKind.RETRYABLE));
    }

    @Test
    void exceptionTypeCountsWithoutSqlState() {
        assertThat(List.of(
                        new SQLTransientConnectionException("the pool's wait is over"),
                        new SQLNonTransientConnectionException("closed"),
                        new SQLRecoverableException("communications link failure", "HY000"),
                        new CannotCreateTransactionException("no connection", new SQLException("no state")),
                        new TransactionSystemException("no rollback", new SQLException("Connection is closed")),
                        new DataAccessResourceFailureException("a database without SQL")))
                .allSatisfy(failure -> assertThat(kindOf(failure)).isEqualTo(FailureKind.UNAVAILABLE));
        assertThat(List.of(
                        new SQLException("no state"),
                        new SQLException("odd", "?"),
                        new TransactionSystemException("not valid", new IllegalArgumentException()),
                        new IllegalStateException()))
                .allSatisfy(failure -> assertThat(kindOf(failure)).isEqualTo(FailureKind.RETRYABLE));
    }

    @Test
    void cyclicCausesTerminate() {
        var one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("two", one));
        assertThat(kindOf(one)).isEqualTo(FailureKind.RETRYABLE);
    }
}
