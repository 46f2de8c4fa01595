package io.triggerquery.producer.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.transaction.support.TransactionSynchronization.STATUS_COMMITTED;
import static org.springframework.transaction.support.TransactionSynchronization.STATUS_ROLLED_BACK;
import static org.springframework.transaction.support.TransactionSynchronization.STATUS_UNKNOWN;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.sending.Destinations;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

class OutboxPublisherTest {

    private int wakeUps;
    private final FakeTable table = new FakeTable(() -> 0);
    private final OutboxPublisher publisher =
            new OutboxPublisher(table, new Destinations(Map.of("changed", "topic")), () -> wakeUps++);

    @AfterEach
    void endTransaction() {
        TransactionSynchronizationManager.clear();
    }

    @Test
    void outsideATransactionTheRowIsStoredAndTheRelayWoken() {
        assertThat(publisher.publish("changed", "p-1")).isEqualTo(new Receipt.Stored());

        assertThat(table.ids()).containsExactly("p-1");
        assertThat(wakeUps).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {STATUS_COMMITTED, STATUS_ROLLED_BACK, STATUS_UNKNOWN})
    void whateverTheTransactionsEndTheRelayIsWokenOnceAfterIt(int status) {
        beginTransaction();
        assertThat(publisher.publish("changed", "p-1")).isEqualTo(new Receipt.InTransaction());
        publisher.publish("changed", "p-2");
        assertThat(wakeUps).isZero();

        TransactionSynchronizationUtils.triggerAfterCompletion(status);

        assertThat(wakeUps).isEqualTo(1);
    }

    @Test
    void aTransactionManagerWithoutSynchronizationLeavesItToThePoll() {
        TransactionSynchronizationManager.setActualTransactionActive(true);

        assertThat(publisher.publish("changed", "p-1")).isEqualTo(new Receipt.InTransaction());

        assertThat(wakeUps).isZero();
    }

    @Test
    void anUnmappedDestinationIsRejectedNamingTheProperty() {
        try (LogCapture log = LogCapture.of(OutboxPublisher.class)) {
            Receipt receipt = publisher.publish("other", "p-1");

            assertThat(receipt)
                    .isInstanceOfSatisfying(
                            Receipt.Rejected.class,
                            rejected -> assertThat(rejected.reason())
                                    .contains("triggerquery.producer.destinations.other.topic"));
            assertThat(log.messages(Level.ERROR)).hasSize(1);
        }
        assertThat(table.ids()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../admin", "p-1\nERROR forged", "p\u001b[31m", "a?b=c"})
    void aHostileIdIsRejectedAndCannotForgeALogLine(String id) {
        try (LogCapture log = LogCapture.of(OutboxPublisher.class)) {
            assertThat(publisher.publish("changed", id)).isInstanceOf(Receipt.Rejected.class);

            assertThat(log.messages(Level.ERROR)).singleElement().asString().matches("[\\x20-\\x7e]+");
        }
        assertThat(table.ids()).isEmpty();
    }

    @Test
    void aHostileDestinationCannotForgeALogLineEither() {
        try (LogCapture log = LogCapture.of(OutboxPublisher.class)) {
            Receipt receipt = publisher.publish("x\ny".repeat(1_000), "p-1");

            assertThat(receipt.toString()).matches("[\\x20-\\x7e]{1,300}");
            assertThat(log.messages(Level.ERROR)).singleElement().asString().matches("[\\x20-\\x7e]{1,400}");
        }
    }

    private static void beginTransaction() {
        TransactionSynchronizationManager.initSynchronization();
        TransactionSynchronizationManager.setActualTransactionActive(true);
    }
}
