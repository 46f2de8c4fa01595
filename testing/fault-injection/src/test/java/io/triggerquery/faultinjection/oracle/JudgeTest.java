package io.triggerquery.faultinjection.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.faultinjection.journal.Entry.Begun;
import io.triggerquery.faultinjection.journal.Entry.Change;
import io.triggerquery.faultinjection.journal.Entry.Changed;
import io.triggerquery.faultinjection.journal.Entry.Ended;
import io.triggerquery.faultinjection.journal.Entry.Outcome;
import io.triggerquery.faultinjection.oracle.History.Outage;
import io.triggerquery.faultinjection.oracle.Loss.Why;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks that every loss without an admitted reason is found. */
class JudgeTest {

    private static final long NOON = 1_000_000;

    private final History quiet = new History(Map.of(), List.of());

    @Test
    void whatTheConsumerHasIsNoLoss() {
        Judge judge = new Judge(Window.NONE, quiet, List.of(), Map.of());

        assertThat(judge.losses(Map.of("a", 2L), Map.of("a", 2L))).isEmpty();
    }

    @Test
    void aLossThatNobodyMadeIsADefect() {
        assertThat(why(Window.PENDING, quiet)).isEqualTo(Why.UNEXPLAINED);
    }

    @Test
    void aLossAfterAnAnsweredCommitIsADefectThoughTheChildWasKilledLongAfter() {
        Doing doing = answered("a", 1, NOON);

        assertThat(why(Window.PENDING, killedAt(NOON + 60_000), doing)).isEqualTo(Why.UNEXPLAINED);
        assertThat(why(Window.PENDING, killedAt(NOON + 1_000), doing)).isEqualTo(Why.ADMITTED);
    }

    @Test
    void inAnOutageTheWholeMemoryMayBeLost() {
        Doing doing = answered("a", 1, NOON);
        List<Outage> outages = List.of(new Outage(NOON - 1, NOON + 60_000));

        assertThat(why(Window.PENDING, new History(Map.of(0, NOON + 59_000), outages), doing))
                .isEqualTo(Why.ADMITTED);
        assertThat(why(Window.PENDING, new History(Map.of(), outages), doing)).isEqualTo(Why.UNEXPLAINED);
    }

    @Test
    void inFlightIsOnlyWhatHadNotEnded() {
        Doing open = new Doing(0, begun("a", true), changed("a", 1), null);

        assertThat(why(Window.IN_FLIGHT, killedAt(NOON), open)).isEqualTo(Why.ADMITTED);
        assertThat(why(Window.IN_FLIGHT, quiet, open)).isEqualTo(Why.UNEXPLAINED);
        assertThat(why(Window.NONE, killedAt(NOON), open)).isEqualTo(Why.UNEXPLAINED);
        assertThat(why(Window.IN_FLIGHT, killedAt(NOON), answered("a", 1, NOON)))
                .isEqualTo(Why.UNEXPLAINED);
    }

    @Test
    void everyMissingVersionNeedsAnExcuse() {
        Doing old = answered("a", 1, NOON - 60_000);
        Doing open = new Doing(0, begun("a", true), changed("a", 2), null);
        Judge judge = new Judge(Window.IN_FLIGHT, killedAt(NOON), List.of(old, open), Map.of());

        assertThat(judge.losses(Map.of("a", 2L), Map.of("a", 1L))).containsExactly(new Loss("a", 1, 2, Why.ADMITTED));
        assertThat(judge.losses(Map.of("a", 2L), Map.of())).containsExactly(new Loss("a", 0, 2, Why.UNEXPLAINED));
    }

    @Test
    void aReportExcusesOnlyWhatWasDoneBefore() {
        Doing doing = answered("a", 1, NOON);
        Map<String, Long> source = Map.of("a", 1L);

        assertThat(new Judge(Window.NONE, quiet, List.of(doing), Map.of("a", NOON + 1)).losses(source, Map.of()))
                .containsExactly(new Loss("a", 0, 1, Why.REPORTED));
        assertThat(new Judge(Window.NONE, quiet, List.of(doing), Map.of("a", NOON - 60_000)).losses(source, Map.of()))
                .containsExactly(new Loss("a", 0, 1, Why.UNEXPLAINED));
    }

    @Test
    void outsideATransactionNobodyWasToldBeforeTheAnswer() {
        Doing silent = new Doing(0, begun("a", false), null, null);

        assertThat(why(Window.NONE, killedAt(NOON), silent)).isEqualTo(Why.NOT_ACCEPTED);
        assertThat(why(Window.NONE, killedAt(NOON), new Doing(0, begun("a", true), null, null)))
                .isEqualTo(Why.UNEXPLAINED);
    }

    @Test
    void aRolledBackChangeMadeNoVersion() {
        Doing undone = new Doing(0, begun("a", true), changed("a", 1), new Ended("tx", NOON, Outcome.ROLLED_BACK));

        assertThat(why(Window.PENDING, killedAt(NOON), undone)).isEqualTo(Why.UNEXPLAINED);
    }

    private static Why why(Window window, History history, Doing... doings) {
        List<Loss> losses = new Judge(window, history, List.of(doings), Map.of()).losses(Map.of("a", 1L), Map.of());
        assertThat(losses).hasSize(1);
        return losses.get(0).why();
    }

    private static History killedAt(long millis) {
        return new History(Map.of(0, millis), List.of());
    }

    private static Doing answered(String id, long version, long at) {
        return new Doing(
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
