package io.triggerquery.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresProjectionIT {

    private EmbeddedPostgres postgres;
    private PostgresProjection projection;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        projection = new PostgresProjection(postgres.getJdbcUrl("postgres", "postgres"));
    }

    @AfterEach
    void stop() throws Exception {
        projection.close();
        postgres.close();
    }

    @Test
    void olderVersionNeverOverwritesANewerOne() throws Exception {
        projection.project(new Billing("payment-1", true, "bill-2", 2));
        projection.project(new Billing("payment-1", false, null, 1));
        assertThat(rows()).containsExactly("payment-1 true bill-2 2");

        projection.project(
                List.of(new Billing("payment-2", false, null, 1), new Billing("payment-1", true, "bill-1", 1)));
        projection.project(List.of(new Billing("payment-2", true, "bill-3", 3)));
        assertThat(rows()).containsExactly("payment-1 true bill-2 2", "payment-2 true bill-3 3");

        assertThatIllegalStateException()
                .isThrownBy(() -> projection.project(List.of(
                        new Billing("payment-3", true, "bill-1", 1), new Billing("payment\u0000", true, "bill-1", 1))))
                .withMessage("cannot write 2 states");
        assertThat(rows()).as("all of a list or nothing").hasSize(2);
    }

    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery("select id, billed, bill_id, version from billing_copy order by id")) {
            while (found.next()) {
                rows.add("%s %s %s %d"
                        .formatted(found.getString(1), found.getBoolean(2), found.getString(3), found.getLong(4)));
            }
        }
        return rows;
    }
}
