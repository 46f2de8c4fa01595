package io.triggerquery.producer.internal.outbox;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A part of a statement with its parameters.
 *
 * @param sql the text, with a question mark for each parameter
 */
record Clause(String sql, List<@Nullable Object> parameters) {

    static Clause of(String sql, @Nullable Object... parameters) {
        return new Clause(sql, Arrays.asList(parameters));
    }

    /** Returns a statement with the parameters of the clauses, in their order. */
    static JdbcClient.StatementSpec statement(JdbcClient jdbc, String sql, Clause... clauses) {
        JdbcClient.StatementSpec statement = jdbc.sql(sql);
        for (Clause clause : clauses) {
            for (Object parameter : clause.parameters()) {
                statement = statement.param(parameter);
            }
        }
        return statement;
    }
}
