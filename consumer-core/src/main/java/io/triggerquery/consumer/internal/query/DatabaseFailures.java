package io.triggerquery.consumer.internal.query;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Recognizes failures of a projection that mean that its database is not available: it cannot be reached, rejects the
 * user, has no resources left or accepts no writes.
 *
 * <p>The SQLSTATE decides where it is specific; otherwise the exception's type does. Spring's translation by SQLSTATE
 * class treats some failures of one statement as failures of the database: in PostgreSQL, 54 is an index row that is
 * too long, and 57014 a statement that took too long. MySQL reports most failures by its own error codes, with the
 * state HY000, S1000 or 42000.
 *
 * <table>
 *   <caption>SQLSTATE</caption>
 *   <tr><th>unavailable</th><th></th></tr>
 *   <tr><td>08</td><td>connection, except a packet that is too large (MySQL 1153)</td></tr>
 *   <tr><td>25006</td><td>read-only, as after a failover</td></tr>
 *   <tr><td>28, 3D000</td><td>wrong credentials, no such database</td></tr>
 *   <tr><td>53, 58</td><td>PostgreSQL has no resources left, or its system fails</td></tr>
 *   <tr><td>57P</td><td>PostgreSQL starts, stops or ends the session</td></tr>
 *   <tr><td>some of 90</td><td>H2 is closed, cannot be opened or cannot write</td></tr>
 * </table>
 *
 * All others are failures of the statement: 22 and 23 (data), 40 and 55 (conflicts), 42 (no such column), P0 (raised by
 * a database trigger) and so on. If they occur for every id, the listener detects that separately.
 */
final class DatabaseFailures {

    private static final int MAX_DEPTH = 10;
    private static final int STATE_LENGTH = 5;

    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "28", "53", "58");
    private static final Set<String> UNAVAILABLE_STATES = Set.of(
            "25006",
            "3D000",
            "57P01",
            "57P02",
            "57P03",
            "57P04",
            "57P05",
            // H2: object closed, database not found, already open, I/O, corrupted, broken, read-only, closed, memory,
            // exclusive
            "90007",
            "90013",
            "90020",
            "90028",
            "90030",
            "90031",
            "90067",
            "90097",
            "90098",
            "90108",
            "90121",
            "90135",
            "90146",
            "90149");
    // states that are unspecific in MySQL and MariaDB: general error (two), syntax or access, interrupted, memory
    private static final Set<String> STATES_WITH_A_CODE = Set.of("HY000", "S1000", "42000", "70100", "HY001");
    private static final Set<Integer> UNAVAILABLE_CODES = Set.of(
            // disk full (two), out of memory (three), no more threads
            1021,
            1114,
            1037,
            1038,
            1041,
            1135,
            // access to the database, no such database, shutdown, connections of a user (two)
            1044,
            1049,
            1053,
            1203,
            1226,
            // host blocked, host not allowed, password expired (two), account locked (MySQL, MariaDB)
            1129,
            1130,
            1820,
            1862,
            3118,
            4151,
            // read-only by an option, read-only, read-only by innodb
            1290,
            1836,
            1874,
            // connection killed (MariaDB, MySQL), closed since it was idle, offline, not available
            1927,
            3169,
            4031,
            3032,
            3168);
    private static final int PACKET_TOO_LARGE = 1153;

    private DatabaseFailures() {}

    static boolean isUnavailable(Throwable failure) {
        boolean unavailableByType = false;
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof SQLException sqlFailure && isSpecific(sqlFailure)) {
                return isUnavailable(sqlFailure);
            }
            unavailableByType |= isUnavailableByType(cause);
            cause = cause.getCause();
        }
        return unavailableByType;
    }

    private static boolean isSpecific(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && state.length() == STATE_LENGTH
                && (!STATES_WITH_A_CODE.contains(state) || failure.getErrorCode() != 0);
    }

    private static boolean isUnavailable(SQLException failure) {
        String state = failure.getSQLState();
        int code = failure.getErrorCode();
        return STATES_WITH_A_CODE.contains(state)
                ? UNAVAILABLE_CODES.contains(code)
                : code != PACKET_TOO_LARGE
                        && (UNAVAILABLE_CLASSES.contains(state.substring(0, 2)) || UNAVAILABLE_STATES.contains(state));
    }

    private static boolean isUnavailableByType(Throwable cause) {
        return cause instanceof DataAccessResourceFailureException
                || cause instanceof CannotCreateTransactionException
                // a pool has closed the connection, and says no more of it
                || cause instanceof TransactionSystemException && cause.getCause() instanceof SQLException
                || cause instanceof SQLTransientConnectionException
                || cause instanceof SQLNonTransientConnectionException
                || cause instanceof SQLRecoverableException;
    }
}
