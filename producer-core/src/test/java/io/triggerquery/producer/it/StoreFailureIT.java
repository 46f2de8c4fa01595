package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.TestDatabase;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Failures of the outbox table while the application runs. */
class StoreFailureIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Servers servers = Servers.running();
    private final String topic = servers.newTopic();
    private TestService service;

    @BeforeEach
    void start() {
        TestDatabase.POSTGRESQL.cleared();
        // a long pause for outages of Kafka, which must not apply to the store
        service = TestService.start(topic, TestService.FAST_POLL, "triggerquery.producer.schedule.pauses=1h");
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void droppedTableRaisesAlarmAndRecoversSoonAfterItIsBack() {
        assertAlarmAndRecovery(
                () -> service.execute("alter table trigger_outbox rename to gone"),
                () -> service.execute("alter table gone rename to trigger_outbox"),
                "relation \"trigger_outbox\" does not exist");
    }

    @Test
    void readOnlyReplicaRaisesAlarmAndRecoversSoonAfterItsPromotion() {
        assertAlarmAndRecovery(() -> makeReadOnly(true), () -> makeReadOnly(false), "read-only transaction");
    }

    /** Changes the default of new connections. */
    private static void makeReadOnly(boolean readOnly) {
        try (Connection connection = TestDatabase.POSTGRESQL.shared().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            statement.execute(
                    "alter database " + connection.getCatalog() + " set default_transaction_read_only = " + readOnly);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertAlarmAndRecovery(Runnable breakDown, Runnable restore, String cause) {
        breakDown.run();
        service.renewConnections();
        try {
            await().atMost(SOON).until(() -> service.alarms().contains("store-unavailable"));
            assertThat(service.relay().storeFailure()).get().asString().contains(cause);
        } finally {
            restore.run();
            service.renewConnections();
        }

        service.publish("p-1");

        assertThat(servers.read(topic, 1)).containsExactly("p-1");
        await().atMost(SOON).until(() -> service.alarms().contains("store-available"));
        assertThat(service.relay().storeFailure()).isEmpty();
    }

    @Test
    void operatorRetryReturnsTheFailure() {
        TriggerRelay relay = service.relay();
        service.execute("alter table trigger_outbox rename to gone");
        try {
            assertThatThrownBy(() -> relay.retry("changed", null)).isInstanceOf(DataAccessException.class);
        } finally {
            service.execute("alter table gone rename to trigger_outbox");
        }
        assertThat(relay.retry("changed", null)).isZero();
    }
}
