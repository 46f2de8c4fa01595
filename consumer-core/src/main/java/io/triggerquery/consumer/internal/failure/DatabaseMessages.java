package io.triggerquery.consumer.internal.failure;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;
import org.springframework.dao.DataAccessException;

/**
 * Describes a failure with what the database has reported. The messages of Spring's exceptions may lack it, as in "bad
 * SQL grammar []" and "Failed to obtain JDBC Connection", or have it after a long statement.
 */
public final class DatabaseMessages {

    /** Not null, a check, and the check of a view: below the first line, PostgreSQL quotes the whole row. */
    private static final Set<String> QUOTING_THE_ROW = Set.of("23502", "23514", "44000");

    private DatabaseMessages() {}

    /** Returns the text of a failure; of a row that the database has refused it has no values. */
    public static String describe(Throwable failure) {
        boolean byType = failure instanceof SQLException || failure instanceof DataAccessException;
        StringBuilder added = new StringBuilder();
        String text = failure.toString();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < Causes.MAX_DEPTH; depth++) {
            String message = cause.getMessage();
            if (cause instanceof SQLException reported && message != null) {
                String shown = withoutRow(reported, message);
                if (byType || !text.contains(message)) {
                    added.append(added.isEmpty() && byType ? ": " : "; ").append(shown);
                }
                text = text.replace(message, shown);
            }
            cause = cause.getCause();
        }
        return byType && !added.isEmpty() ? failure.getClass().getName() + added : text + added;
    }

    private static String withoutRow(SQLException reported, String message) {
        if (reported instanceof BatchUpdateException && reported.getCause() instanceof SQLException) {
            return "a batch failed"; // the driver's message has the statement with its values
        }
        return QUOTING_THE_ROW.contains(String.valueOf(reported.getSQLState()))
                ? message.lines().findFirst().orElse("")
                : message;
    }
}
