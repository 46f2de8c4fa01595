package io.triggerquery.faultinjection.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.faultinjection.journal.Entry.Begun;
import io.triggerquery.faultinjection.journal.Entry.Change;
import io.triggerquery.faultinjection.journal.Entry.Changed;
import io.triggerquery.faultinjection.journal.Entry.Ended;
import io.triggerquery.faultinjection.journal.Entry.Outcome;
import io.triggerquery.faultinjection.oracle.History.Outage;
import io.triggerquery.faultinjection.oracle.Loss.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that every loss without an admitted reason is found. */
class JudgeTest {

    private static final long NOON = 1_000_000;

    private final History quiet = new History(Map.of(), List.of());

    @Test
    void versionOfTheConsumerIsNoLoss() {
        Judge judge = new Judge(Window.NONE, quiet, List.of(), Map.of());

        assertThat(judge.losses(Map.of("a", 2L), Map.of("a", 2L))).isEmpty();
    }

    @Test
    void lossWithoutTransactionIsUnexplained() {
        assertThat(reason(Window.PENDING, quiet)).isEqualTo(Reason.UNEXPLAINED);
    }

    @Test
    void lossLongBeforeAKillIsUnexplained() {
        TransactionRecord transaction = answered("a", 1, NOON);

        assertThat(reason(Window.PENDING, killedAt(NOON + 60_000), transaction)).isEqualTo(Reason.UNEXPLAINED);
        assertThat(reason(Window.PENDING, killedAt(NOON + 1_000), transaction)).isEqualTo(Reason.ADMITTED);
    }

    @Test
    void allPendingTriggersMayBeLostInAnOutage() {
        TransactionRecord transaction = answered("a", 1, NOON);
        List<Outage> outages = List.of(new Outage(NOON - 1, NOON + 60_000));

        assertThat(reason(Window.PENDING, new History(Map.of(0, NOON + 59_000), outages), transaction))
                .isEqualTo(Reason.ADMITTED);
        assertThat(reason(Window.PENDING, new History(Map.of(), outages), transaction))
                .isEqualTo(Reason.UNEXPLAINED);
    }

    @Test
    void onlyUnfinishedTransactionsAreInFlight() {
        TransactionRecord open = new TransactionRecord(0, begun("a", true), changed("a", 1), null);

        assertThat(reason(Window.IN_FLIGHT, killedAt(NOON), open)).isEqualTo(Reason.ADMITTED);
        assertThat(reason(Window.IN_FLIGHT, quiet, open)).isEqualTo(Reason.UNEXPLAINED);
        assertThat(reason(Window.NONE, killedAt(NOON), open)).isEqualTo(Reason.UNEXPLAINED);
        assertThat(reason(Window.IN_FLIGHT, killedAt(NOON), answered("a", 1, NOON)))
                .isEqualTo(Reason.UNEXPLAINED);
    }

    @Test
    void everyMissingVersionNeedsAReason() {
        TransactionRecord old = answered("a", 1, NOON - 60_000);
        TransactionRecord open = new TransactionRecord(0, begun("a", true), changed("a", 2), null);
        Judge judge = new Judge(Window.IN_FLIGHT, killedAt(NOON), List.of(old, open), Map.of());

        assertThat(judge.losses(Map.of("a", 2L), Map.of("a", 1L)))
                .containsExactly(new Loss("a", 1, 2, Reason.ADMITTED));
        assertThat(judge.losses(Map.of("a", 2L), Map.of())).containsExactly(new Loss("a", 0, 2, Reason.UNEXPLAINED));
    }

    @Test
    void reportExplainsOnlyEarlierTransactions() {
        TransactionRecord transaction = answered("a", 1, NOON);
        Map<String, Long> source = Map.of("a", 1L);

        assertThat(new Judge(Window.NONE, quiet, List.of(transaction), Map.of("a", NOON + 1)).losses(source, Map.of()))
                .containsExactly(new Loss("a", 0, 1, Reason.REPORTED));
        assertThat(new Judge(Window.NONE, quiet, List.of(transaction), Map.of("a", NOON - 60_000))
                        .losses(source, Map.of()))
                .containsExactly(new Loss("a", 0, 1, Reason.UNEXPLAINED));
    }

    @Test
    void unansweredPublishOutsideTransactionIsNotAccepted() {
        TransactionRecord silent = new TransactionRecord(0, begun("a", false), null, null);

        assertThat(reason(Window.NONE, killedAt(NOON), silent)).isEqualTo(Reason.NOT_ACCEPTED);
        assertThat(reason(Window.NONE, killedAt(NOON), new TransactionRecord(0, begun("a", true), null, null)))
                .isEqualTo(Reason.UNEXPLAINED);
    }

    @Test
    void rolledBackChangeMakesNoVersion() {
        TransactionRecord undone =
                new TransactionRecord(0, begun("a", true), changed("a", 1), new Ended("tx", NOON, Outcome.ROLLED_BACK));

        assertThat(reason(Window.PENDING, killedAt(NOON), undone)).isEqualTo(Reason.UNEXPLAINED);
    }

    private static Reason reason(Window window, History history, TransactionRecord... transactions) {
        List<Loss> losses =
                new Judge(window, history, List.of(transactions), Map.of()).losses(Map.of("a", 1L), Map.of());
        assertThat(losses).hasSize(1);
        return losses.get(0).reason();
    }

    private static History killedAt(long millis) {
        return new History(Map.of(0, millis), List.of());
    }

    private static TransactionRecord answered(String id, long version, long at) {
        return new TransactionRecord(
                0,
                new Begun("tx", at - 5, true, List.of(id)),
                new Changed("tx", at - 1, List.of(new Change(id, version))),
                new Ended("tx", at, Outcome.COMMITTED));
    }

    private static Begun begun(String id, boolean inTransaction) {
        return new Begun("tx", NOON - 5, inTransaction, List.of(id));
    }

    private static Changed changed(String id, long version) {
        return new Changed("tx", NOON - 1, List.of(new Change(id, version)));
    }
}
