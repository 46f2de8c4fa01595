package io.triggerquery.producer.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.spool.SpoolChange.Cancel;
import io.triggerquery.producer.internal.spool.SpoolChange.Forget;
import io.triggerquery.producer.internal.spool.SpoolChange.Put;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpoolChangeTest {

    private static final OutgoingTrigger TRIGGER = OutgoingTrigger.of("bills", "b-1");

    private long generation;
    private @Nullable SpoolRow row;

    @Test
    void rowIsDeletedWhenAllTransactionsAreRolledBack() {
        put(1);
        put(1);
        cancel();
        assertThat(row).isNotNull();
        cancel();
        assertThat(row).isNull();
    }

    @Test
    void publishedRowIsKeptWhenOtherTransactionsAreRolledBack() {
        put(1);
        put(0);
        put(1);
        cancel();
        cancel();
        assertThat(row).isNotNull();
        assertThat(row.intents()).isZero();
    }

    @Test
    void rowOfCommittedTransactionIsKept() {
        put(1);
        put(1);
        put(-1);
        cancel();
        assertThat(row).isNotNull();
    }

    @Test
    void rowIsDeletedWhenTransactionIsRolledBackAfterEarlierSend() {
        put(0);
        put(1);
        row = new Forget(TRIGGER.key(), 1, 0).apply(row);
        assertThat(row).isNotNull();
        cancel();
        assertThat(row).isNull();
    }

    private void put(int intents) {
        row = new Put(TRIGGER, ++generation, Instant.EPOCH, intents).apply(row);
    }

    private void cancel() {
        row = new Cancel(TRIGGER.key()).apply(row);
    }
}
