package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.databases.MariaDbServer;
import io.triggerquery.databases.ServerAddress;
import io.triggerquery.databases.ServerAddress.Driver;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Failures of a real MariaDB with either driver, when it is unavailable and when a statement fails. */
@ParameterizedClass
@EnumSource
class DatabaseFailuresIT {

    private static final ServerAddress SERVER = MariaDbServer.running();
    private static final String INSERT = "insert into thing values (1, 'a')";

    @Parameter
    Driver driver;

    private String database;
    private JdbcClient admin;

    @BeforeEach
    void aDatabaseAndAUser() {
        database = SERVER.newDatabase();
        admin = JdbcClient.create(SERVER.dataSource(driver, database));
        admin.sql("create table thing (id int primary key, name varchar(3))").update();
        admin.sql("create or replace user service@localhost identified by 'service'")
                .update();
        admin.sql("grant select, insert, update, delete on *.* to service@localhost")
                .update();
    }

    @AfterEach
    void asItWas() {
        admin.sql("set global read_only = off").update();
        admin.sql("set global max_connections = default").update();
    }

    private DataSource service(int port, String database) {
        return new ServerAddress("127.0.0.1", port, "user=service&password=service").dataSource(driver, database);
    }

    private DataSource service() {
        return service(SERVER.port(), database);
    }

    private static FailureKind kindOf(ThrowingCallable work) {
        Throwable failure = catchThrowable(work);
        assertThat(failure).isNotNull();
        return new Failures(List.of()).kindOf(failure);
    }

    private static FailureKind insert(DataSource dataSource) {
        return kindOf(() -> JdbcClient.create(dataSource).sql(INSERT).update());
    }

    @Test
    void noServerListens() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(insert(service(free, database))).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void unknownCredentialsAndDatabases() {
        admin.sql("alter user service@localhost identified by 'another'").update();
        assertThat(insert(service())).isEqualTo(FailureKind.UNAVAILABLE);
        admin.sql("alter user service@localhost identified by 'service'").update();
        assertThat(insert(service(SERVER.port(), "none"))).isEqualTo(FailureKind.UNAVAILABLE);
        admin.sql("alter user service@localhost account lock").update();
        assertThat(insert(service())).isEqualTo(FailureKind.UNAVAILABLE);
        admin.sql("alter user service@localhost account unlock password expire").update();
        assertThat(insert(service())).isEqualTo(FailureKind.UNAVAILABLE);
        admin.sql("create or replace user service@localhost identified by 'service'")
                .update();
        assertThat(insert(service())).as("no right to the database").isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void readOnlyAfterFailover() {
        admin.sql("set global read_only = on").update();
        assertThat(insert(service())).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void tooManyConnections() throws SQLException {
        admin.sql("alter user service@localhost with max_user_connections 1").update();
        try (Connection only = service().getConnection()) {
            assertThat(only.isValid(10)).isTrue();
            assertThat(insert(service())).as("of the user").isEqualTo(FailureKind.UNAVAILABLE);
        }
        admin.sql("alter user service@localhost with max_user_connections 0").update();
        admin.sql("set global max_connections = 10").update();
        List<Connection> all = new ArrayList<>();
        Throwable failure = catchThrowable(() -> {
            while (all.size() < 20) {
                all.add(service().getConnection());
            }
        });
        for (Connection connection : all) {
            connection.close();
        }
        assertThat(failure).hasMessageContaining("Too many connections");
        assertThat(new Failures(List.of()).kindOf(failure)).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void killedConnection() throws Exception {
        try (Connection one = service().getConnection()) {
            JdbcClient killed = JdbcClient.create(new SingleConnectionDataSource(one, true));
            long id = killed.sql("select connection_id()").query(Long.class).single();
            admin.sql("kill connection " + id).update();
            assertThat(kindOf(() -> killed.sql(INSERT).update())).isEqualTo(FailureKind.UNAVAILABLE);
        }
    }

    @Test
    void statementFailures() {
        JdbcClient jdbc = JdbcClient.create(service());
        jdbc.sql(INSERT).update();
        assertThat(List.of(
                        kindOf(() -> jdbc.sql(INSERT).update()),
                        kindOf(() -> jdbc.sql("insert into thing values (2, 'too long')")
                                .update()),
                        kindOf(() ->
                                jdbc.sql("insert into thing values ('x', 'a')").update()),
                        kindOf(() -> jdbc.sql("insert into none values (1)").update()),
                        kindOf(() -> jdbc.sql("update thing set none = 1").update()),
                        kindOf(() -> jdbc.sql("updat thing").update()),
                        kindOf(() -> jdbc.sql("create table other (id int)").update()),
                        kindOf(() -> jdbc.sql("signal sqlstate '45000' set message_text = 'refused'")
                                .update()),
                        kindOf(() -> jdbc.sql("set statement max_statement_time = 0.01 for select sleep(1)")
                                .query()
                                .singleRow())))
                .containsOnly(FailureKind.RETRYABLE);
    }

    @Test
    void expiredWaits() {
        JdbcClient jdbc = JdbcClient.create(service());
        jdbc.sql(INSERT).update();
        DataSource dataSource = service();
        new TransactionTemplate(new JdbcTransactionManager(dataSource)).executeWithoutResult(status -> {
            JdbcClient.create(dataSource).sql("update thing set name = 'b'").update();
            assertThat(kindOf(() -> jdbc.sql(
                                    "set statement innodb_lock_wait_timeout = 0 for" + " update thing set name = 'c'")
                            .update()))
                    .isEqualTo(FailureKind.RETRYABLE);
        });
    }
}
