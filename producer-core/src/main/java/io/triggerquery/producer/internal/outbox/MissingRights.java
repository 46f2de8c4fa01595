package io.triggerquery.producer.internal.outbox;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rights on the table {@code trigger_outbox} that a database user lacks.
 *
 * @param user the user, as it is written in a {@code grant}
 * @param rights out of SELECT, INSERT, UPDATE, DELETE; empty if none is missing
 */
public record MissingRights(String user, List<String> rights) {

    // rights on columns are sufficient, except DELETE, which exists only for tables
    private static final String POSTGRESQL = """
            select current_user, privilege
            from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as privilege
            where not case privilege when 'DELETE' then has_table_privilege('trigger_outbox', privilege)
                else has_any_column_privilege('trigger_outbox', privilege) end
            """;

    // statements that change nothing: privileges of MySQL may come from roles and patterns. The key is for safe
    // updates.
    private static final Map<String, String> ATTEMPTS = new LinkedHashMap<>();

    static {
        ATTEMPTS.put("SELECT", "select destination from trigger_outbox where id = 0");
        ATTEMPTS.put("INSERT", """
                insert into trigger_outbox (owner, destination, trigger_id, version)
                select 'a', 'b', 'c', 1 from dual where 1 = 0
                """);
        ATTEMPTS.put("UPDATE", "update trigger_outbox set due_at = due_at where id = 0");
        ATTEMPTS.put("DELETE", "delete from trigger_outbox where id = 0");
    }

    // of MySQL for a table and a column, of H2 for a table
    private static final Set<Integer> DENIED = Set.of(1142, 1143, 90_096);

    /**
     * Determines the missing rights of the DataSource's user.
     *
     * @throws DataAccessException if the table does not exist, or the database does not answer
     */
    public static MissingRights of(OutboxDatabase database, DataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        return new OwnTransaction(dataSource)
                .call(() -> database == OutboxDatabase.POSTGRESQL ? reported(jdbc) : attempted(database, jdbc));
    }

    private static MissingRights reported(JdbcTemplate jdbc) {
        List<String> rights = new ArrayList<>();
        List<String> user = jdbc.query(POSTGRESQL, (row, n) -> {
            rights.add(row.getString("privilege"));
            return '"' + row.getString("current_user") + '"';
        });
        return new MissingRights(user.isEmpty() ? "" : user.get(0), List.copyOf(rights));
    }

    private static MissingRights attempted(OutboxDatabase database, JdbcTemplate jdbc) {
        List<String> rights = new ArrayList<>();
        ATTEMPTS.forEach((right, statement) -> {
            // without SELECT the conditions of the others are denied, too
            boolean isConclusive = right.equals("INSERT") || !rights.contains("SELECT");
            if (isConclusive && isDenied(jdbc, statement)) {
                rights.add(right);
            }
        });
        return new MissingRights(rights.isEmpty() ? "" : database.user(jdbc), List.copyOf(rights));
    }

    private static boolean isDenied(JdbcTemplate jdbc, String statement) {
        try {
            jdbc.execute(statement);
            return false;
        } catch (DataAccessException e) {
            if (e.getMostSpecificCause() instanceof SQLException cause && DENIED.contains(cause.getErrorCode())) {
                return true;
            }
            throw e;
        }
    }
}
