package io.triggerquery.producer.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.transaction.support.TransactionSynchronization.STATUS_COMMITTED;
import static org.springframework.transaction.support.TransactionSynchronization.STATUS_ROLLED_BACK;
import static org.springframework.transaction.support.TransactionSynchronization.STATUS_UNKNOWN;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.sending.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

class OutboxStrategyTest {

    private int wakeUps;
    private final List<String> inserted = new ArrayList<>();
    private final OutboxStrategy outbox = new OutboxStrategy(trigger -> inserted.add(trigger.id()), () -> wakeUps++);

    @AfterEach
    void endTransaction() {
        TransactionSynchronizationManager.clear();
    }

    @Test
    void outsideATransactionTheRowIsStoredAndTheRelayWoken() {
        assertThat(outbox.publish(Trigger.of("changed", "p-1"))).isEqualTo(new Receipt.Stored());

        assertThat(inserted).containsExactly("p-1");
        assertThat(wakeUps).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {STATUS_COMMITTED, STATUS_ROLLED_BACK, STATUS_UNKNOWN})
    void whateverTheTransactionsEndTheRelayIsWokenOnceAfterIt(int status) {
        beginTransaction();
        assertThat(outbox.publish(Trigger.of("changed", "p-1"))).isEqualTo(new Receipt.InTransaction());
        outbox.publish(Trigger.of("changed", "p-2"));
        assertThat(wakeUps).isZero();

        TransactionSynchronizationUtils.triggerAfterCompletion(status);

        assertThat(wakeUps).isEqualTo(1);
    }

    @Test
    void aTransactionManagerWithoutSynchronizationLeavesItToThePoll() {
        TransactionSynchronizationManager.setActualTransactionActive(true);

        assertThat(outbox.publish(Trigger.of("changed", "p-1"))).isEqualTo(new Receipt.InTransaction());

        assertThat(wakeUps).isZero();
    }

    private static void beginTransaction() {
        TransactionSynchronizationManager.initSynchronization();
        TransactionSynchronizationManager.setActualTransactionActive(true);
    }
}
