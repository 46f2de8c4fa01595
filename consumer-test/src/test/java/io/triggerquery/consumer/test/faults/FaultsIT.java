package io.triggerquery.consumer.test.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.test.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class FaultsIT {

    private final Faults faults = new Faults();
    private final DataSource database = faults.dataSource(Database.dataSource());
    private final String id = UUID.randomUUID().toString();

    @Test
    void failureBeforeCallHasNoEffect() {
        assertThatThrownBy(() -> faults.fail(1, When.BEFORE, this::insert))
                .isInstanceOf(SQLTransientConnectionException.class);
        assertThat(Database.version(id)).isEmpty();
    }

    @Test
    void failureAfterCallKeepsEffect() {
        assertThatThrownBy(() -> faults.fail(1, When.AFTER, this::insert))
                .isInstanceOf(SQLTransientConnectionException.class);
        assertThat(Database.version(id)).hasValue(1);
    }

    @Test
    void failureBeforeCommitRollsBack() {
        assertThatThrownBy(() -> faults.fail(2, When.BEFORE, this::insertInATransaction))
                .isInstanceOf(SQLTransientConnectionException.class);
        assertThat(Database.version(id)).isEmpty();
    }

    @Test
    void failureAfterCommitKeepsCommit() {
        assertThatThrownBy(() -> faults.fail(2, When.AFTER, this::insertInATransaction))
                .isInstanceOf(SQLTransientConnectionException.class);
        assertThat(Database.version(id)).hasValue(1);
    }

    @Test
    void reportsWhetherCallNumberWasReached() throws Exception {
        assertThat(faults.fail(3, When.BEFORE, this::insertInATransaction)).isFalse();
        assertThat(Database.version(id)).hasValue(1);
    }

    @Test
    void actionRunsJustBeforeCall() throws Exception {
        List<Boolean> seen = new ArrayList<>();
        boolean reached =
                faults.interrupt(2, () -> seen.add(Database.version(id).isPresent()), this::insertInATransaction);

        assertThat(reached).isTrue();
        assertThat(seen).containsExactly(false);
        assertThat(Database.version(id)).hasValue(1);
    }

    @Test
    void otherThreadsAreNotAffected() throws Exception {
        boolean reached = faults.fail(1, When.BEFORE, () -> {
            var other = new Thread(() -> {
                try {
                    insert();
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            });
            other.start();
            other.join();
        });

        assertThat(reached).isFalse();
        assertThat(Database.version(id)).hasValue(1);
    }

    @Test
    void storeWithoutJdbcSupportsFaults() throws Exception {
        List<String> store = new ArrayList<>();

        assertThatThrownBy(() -> faults.fail(1, When.BEFORE, () -> faults.call(() -> store.add("a"))))
                .hasMessageContaining("The test has failed this call.");
        assertThatThrownBy(() -> faults.fail(1, When.AFTER, () -> faults.call(() -> store.add("b"))))
                .hasMessageContaining("The test has failed this call.");
        assertThat(faults.call(() -> store.add("c"))).isTrue();
        assertThat(store).containsExactly("b", "c");
    }

    @Test
    void onlyOneActionAtATime() {
        assertThatThrownBy(() -> faults.fail(9, When.BEFORE, () -> faults.fail(1, When.BEFORE, () -> {})))
                .hasMessageContaining("Run one at a time");
    }

    @Test
    void otherJdbcMethodsAreUnchanged() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(connection).isEqualTo(connection);
            assertThat(connection.isWrapperFor(org.postgresql.PGConnection.class))
                    .isTrue();
            assertThat(statement.execute("select 1")).isTrue();
            assertThatThrownBy(
                            () -> connection.prepareStatement("select nothing").execute())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("nothing");
        }
    }

    private void insert() throws SQLException {
        try (Connection connection = database.getConnection()) {
            insert(connection);
        }
    }

    private void insertInATransaction() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection);
            connection.commit();
        }
    }

    private void insert(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("insert into thing (id, text, version) values (?, 'x', 1)")) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
    }
}
