package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the outbox with a real database and a real broker. */
@ParameterizedClass
@MethodSource("io.triggerquery.producer.TestDatabase#products")
class OutboxIT {

    private final TestDatabase database;
    private final Servers servers = Servers.running();
    private final String topic = servers.newTopic();

    OutboxIT(TestDatabase database) {
        this.database = database;
        database.cleared();
    }

    @Test
    void rolledBackTransactionSendsNothing() {
        try (TestService service = TestService.start(database, topic, TestService.FAST_POLL)) {
            service.inTransaction(tx -> tx.executeWithoutResult(status -> {
                assertThat(service.publish("undone")).isEqualTo(new Receipt.InTransaction());
                status.setRollbackOnly();
            }));
            service.inTransaction(tx -> tx.executeWithoutResult(status -> service.publish("done")));

            assertThat(servers.read(topic, 1)).containsExactly("done");
        }
    }

    @Test
    void committedTransactionSendsAtOnce() {
        try (TestService service = TestService.start(database, topic, TestService.NO_POLL)) {
            service.inTransaction(tx -> tx.executeWithoutResult(status -> service.publish("p-1")));

            assertThat(servers.read(topic, 1)).containsExactly("p-1");
            await().until(() -> service.rows() == 0);
        }
    }

    @Test
    void rowIsCommittedAtOnceOutsideTransaction() {
        try (TestService service =
                TestService.start(database, topic, TestService.NO_POLL, "spring.datasource.hikari.auto-commit=false")) {
            assertThat(service.publish("p-1")).isEqualTo(new Receipt.Stored());

            assertThat(servers.read(topic, 1)).containsExactly("p-1");
        }
    }

    @Test
    void triggerOfLateCommitIsSent() throws InterruptedException {
        try (TestService service = TestService.start(database, topic, TestService.FAST_POLL)) {
            CountDownLatch inserted = new CountDownLatch(1);
            CountDownLatch mayCommit = new CountDownLatch(1);
            Thread slow = new Thread(() -> service.inTransaction(tx -> tx.executeWithoutResult(status -> {
                service.publish("lower-row");
                inserted.countDown();
                awaitLatch(mayCommit);
            })));
            slow.start();
            awaitLatch(inserted);
            service.publish("higher-row");
            assertThat(servers.read(topic, 1)).containsExactly("higher-row");

            mayCommit.countDown();
            slow.join();

            assertThat(servers.read(topic, 2)).containsExactly("higher-row", "lower-row");
        }
    }

    @Test
    void twoRelaysOnOneTableSendEverythingOnce() {
        int triggers = 2_000;
        try (TestService one = TestService.start(
                        database, topic, TestService.FAST_POLL, "triggerquery.producer.outbox.batch-size=7");
                TestService two = TestService.start(
                        database, topic, TestService.FAST_POLL, "triggerquery.producer.outbox.batch-size=11")) {
            List<String> ids =
                    IntStream.range(0, triggers).mapToObj(n -> "p-" + n).toList();
            ids.parallelStream().forEach(id -> (id.hashCode() % 2 == 0 ? one : two).publish(id));

            assertThat(servers.read(topic, triggers)).containsExactlyInAnyOrderElementsOf(ids);
            await().atMost(Duration.ofSeconds(90)).until(() -> one.rows() == 0);
        }
    }

    @Test
    void triggersWaitWhileTheBrokerIsUnavailable() throws Exception {
        try (TestService service = TestService.start(database, topic, TestService.FAST_POLL)) {
            service.publish("warm-up");
            servers.read(topic, 1);
            await().until(() -> service.rows() == 0);
            List<String> ids = IntStream.range(0, 50).mapToObj(n -> "p-" + n).toList();

            servers.proxy().cut();
            try {
                service.inTransaction(tx -> tx.executeWithoutResult(status -> ids.forEach(service::publish)));
                await().atMost(Duration.ofSeconds(90)).until(() -> service.failures() > 0);
                assertThat(service.rows()).isEqualTo(ids.size());
            } finally {
                servers.proxy().restore();
            }

            assertThat(servers.read(topic, 1 + ids.size())).contains("warm-up").containsAll(ids);
            await().atMost(Duration.ofSeconds(90)).until(() -> service.rows() == 0);
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
