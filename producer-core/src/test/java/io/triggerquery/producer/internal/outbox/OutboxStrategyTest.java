package io.triggerquery.producer.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.transaction.support.TransactionSynchronization.STATUS_COMMITTED;
import static org.springframework.transaction.support.TransactionSynchronization.STATUS_ROLLED_BACK;
import static org.springframework.transaction.support.TransactionSynchronization.STATUS_UNKNOWN;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

class OutboxStrategyTest {

    private int wakeUps;
    private boolean inTransaction;
    private final List<String> inserted = new ArrayList<>();
    private final List<String> insertedAlone = new ArrayList<>();
    private final OutboxStrategy outbox = new OutboxStrategy(
            new OutboxStrategy.Table() {
                @Override
                public boolean isInTransaction() {
                    return inTransaction;
                }

                @Override
                public void insert(OutgoingTrigger trigger) {
                    inserted.add(trigger.id());
                }

                @Override
                public void insertAlone(OutgoingTrigger trigger) {
                    insertedAlone.add(trigger.id());
                }
            },
            () -> wakeUps++);

    @AfterEach
    void endTransaction() {
        TransactionSynchronizationManager.clear();
    }

    @Test
    void rowIsStoredAndRelayWokenOutsideTransaction() {
        assertThat(outbox.publish(OutgoingTrigger.of("changed", "p-1"))).isEqualTo(new Receipt.Stored());

        assertThat(insertedAlone).containsExactly("p-1");
        assertThat(wakeUps).isEqualTo(1);
    }

    @Test
    void rowIsStoredInTransactionOfAnotherDatabase() {
        beginTransaction();
        inTransaction = false;

        assertThat(outbox.publish(OutgoingTrigger.of("changed", "p-1"))).isEqualTo(new Receipt.Stored());

        assertThat(insertedAlone).containsExactly("p-1");
        assertThat(wakeUps).isEqualTo(1);
    }

    @Test
    void rowIsStoredAfterCompletionWhileTheConnectionIsBound() {
        beginTransaction();
        TransactionSynchronizationManager.clearSynchronization();

        assertThat(outbox.publish(OutgoingTrigger.of("changed", "p-1"))).isEqualTo(new Receipt.Stored());

        assertThat(insertedAlone).containsExactly("p-1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void publishAfterUnwatchedCommitIsRefused(boolean publishedBefore) {
        beginTransaction();
        if (publishedBefore) {
            outbox.publish(OutgoingTrigger.of("changed", "p-0"));
            inserted.clear();
            TransactionSynchronizationUtils.triggerBeforeCommit(false);
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                outbox.publish(OutgoingTrigger.of("changed", "p-1"));
            }
        });

        assertThatThrownBy(TransactionSynchronizationUtils::triggerAfterCommit)
                .hasMessageContaining("Make its transaction manager a bean");
        assertThat(inserted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {STATUS_COMMITTED, STATUS_ROLLED_BACK, STATUS_UNKNOWN})
    void relayIsWokenOnceAfterAnyTransactionEnd(int status) {
        beginTransaction();
        assertThat(outbox.publish(OutgoingTrigger.of("changed", "p-1"))).isEqualTo(new Receipt.InTransaction());
        outbox.publish(OutgoingTrigger.of("changed", "p-2"));
        assertThat(wakeUps).isZero();

        TransactionSynchronizationUtils.triggerAfterCompletion(status);

        assertThat(wakeUps).isEqualTo(1);
    }

    @Test
    void relayIsNotWokenWithoutTransactionSynchronization() {
        inTransaction = true;

        assertThat(outbox.publish(OutgoingTrigger.of("changed", "p-1"))).isEqualTo(new Receipt.InTransaction());

        assertThat(inserted).containsExactly("p-1");
        assertThat(wakeUps).isZero();
    }

    private void beginTransaction() {
        inTransaction = true;
        TransactionSynchronizationManager.initSynchronization();
        TransactionSynchronizationManager.setActualTransactionActive(true);
    }
}
