package io.triggerquery.producer.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TriggerQueueTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    // overflows one second later
    private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();
    private final TriggerQueue queue = new TriggerQueue(5, () -> now, () -> NOON);

    @Test
    void waitingIdPublishedAgainIsSentOnceWithTheHighestVersion() {
        add("a", 7L);
        add("a", 9L);
        add("a", 8L);

        assertThat(claim()).extracting(Claimed::trigger).containsExactly(new OutgoingTrigger("changed", "a", 9L));
        assertThat(claim()).isEmpty();
    }

    @Test
    void publishingWithoutVersionRemovesTheVersion() {
        add("deleted later", 9L);
        add("deleted later", null);
        add("deleted before", null);
        add("deleted before", 9L);

        assertThat(claim())
                .extracting(Claimed::trigger)
                .containsExactly(
                        OutgoingTrigger.of("changed", "deleted later"),
                        OutgoingTrigger.of("changed", "deleted before"));
    }

    @Test
    void sameIdOfAnotherDestinationIsAnotherEntry() {
        add("a", 1L);
        queue.add(OutgoingTrigger.of("other", "a"), Duration.ZERO);

        assertThat(claim()).hasSize(1);
        assertThat(queue.claim("other", 10, LEASE)).hasSize(1);
    }

    @Test
    void entryDueFirstIsClaimedFirst() {
        queue.add(OutgoingTrigger.of("changed", "later"), Duration.ofSeconds(2));
        queue.add(OutgoingTrigger.of("changed", "sooner"), Duration.ofSeconds(1));
        add("at once");

        assertThat(ids(claim())).containsExactly("at once");
        after(2);
        assertThat(ids(queue.claim("changed", 1, LEASE))).containsExactly("sooner");
        assertThat(ids(claim())).containsExactly("later");
    }

    @Test
    void delayedTriggerDelaysItsWaitingEntry() {
        add("a");
        queue.add(OutgoingTrigger.of("changed", "a"), Duration.ofSeconds(30));

        assertThat(claim()).isEmpty();
        assertThat(queue.backlog().oldestAge()).isZero();
        after(30);
        assertThat(ids(claim())).containsExactly("a");
    }

    @Test
    void delayedTriggerIsSentAfterTheSendInProgress() {
        add("a");
        add("b");
        add("c");
        List<Claimed> inFlight = claim();
        for (String id : List.of("a", "b", "c")) {
            queue.add(OutgoingTrigger.of("changed", id), Duration.ofSeconds(30));
        }
        queue.done(inFlight.subList(0, 1));
        queue.release(inFlight.subList(1, 2));
        queue.postpone(inFlight.subList(2, 3), Duration.ofSeconds(5));

        after(29);
        assertThat(claim()).isEmpty();
        after(1);
        assertThat(ids(claim())).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void claimedEntryIsClaimedAgainAfterItsLease() {
        add("a");
        claim();

        now += LEASE.toNanos() - 1;
        assertThat(claim()).isEmpty();
        now += 1;
        assertThat(ids(claim())).containsExactly("a");
    }

    @Test
    void sentEntryIsRemoved() {
        add("a");
        queue.done(claim());

        after(60);
        assertThat(claim()).isEmpty();
        assertThat(queue.backlog()).isEqualTo(new Backlog(0, Duration.ZERO, 0));
    }

    @Test
    void entryPublishedAgainDuringItsSendIsSentAgain() {
        add("a", 1L);
        List<Claimed> sending = claim();
        add("a", 2L);
        assertThat(claim()).isEmpty();

        queue.done(sending);

        assertThat(claim()).extracting(Claimed::trigger).containsExactly(new OutgoingTrigger("changed", "a", 2L));
    }

    @Test
    void lateAnswerDoesNotAffectTheReplacedEntry() {
        add("a");
        List<Claimed> late = claim();
        queue.done(late);
        add("a");

        queue.done(late);
        queue.park(late, "too large");
        queue.postpone(late, LEASE);

        assertThat(queue.list(10)).extracting(WaitingTrigger::attempts).containsExactly(0);
        assertThat(claim()).hasSize(1);
    }

    @Test
    void releasedEntryIsDueAtOnceWithoutAnAttempt() {
        add("a");
        queue.release(claim());

        assertThat(claim()).extracting(Claimed::attempts).containsExactly(0);
    }

    @Test
    void publishingAgainDoesNotShortenThePauseOfAPostponedEntry() {
        add("a");
        queue.postpone(claim(), Duration.ofSeconds(5));
        add("a");

        after(4);
        assertThat(claim()).isEmpty();
        after(1);
        assertThat(claim()).extracting(Claimed::attempts).containsExactly(1);
    }

    @Test
    void parkedEntryIsNotClaimedUntilUnparked() {
        add("a");
        add("b");
        queue.park(claimOnly("a"), "too large");
        after(3600);

        assertThat(ids(claim())).containsExactly("b");
        assertThat(queue.list(10)).extracting(WaitingTrigger::parked).containsExactly("too large", null);
        assertThat(queue.list(10)).extracting(WaitingTrigger::attempts).containsExactly(1, 0);

        assertThat(queue.unpark("changed", "b")).isZero();
        assertThat(queue.unpark("changed", "a")).isEqualTo(1);
        assertThat(ids(claim())).containsExactly("a");
        assertThat(queue.backlog().parked()).isZero();
    }

    @Test
    void lateAnswerDoesNotUnparkAnEntry() {
        add("a", 1L);
        List<Claimed> first = claim();
        after(31);
        add("a", 2L);
        queue.park(claim(), "too large");

        queue.release(first);
        queue.postpone(first, Duration.ZERO);
        queue.done(first);

        after(60);
        assertThat(claim()).isEmpty();
        assertThat(queue.backlog()).isEqualTo(new Backlog(0, Duration.ZERO, 1));
    }

    @Test
    void publishingAgainUnparksAnEntry() {
        add("a", 1L);
        queue.park(claim(), "too large");

        add("a", 2L);

        assertThat(queue.backlog().parked()).isZero();
        assertThat(claim()).extracting(Claimed::trigger).containsExactly(new OutgoingTrigger("changed", "a", 2L));
    }

    @Test
    void entryPublishedAgainDuringItsSendIsNotParked() {
        add("a");
        List<Claimed> sending = claim();
        add("a");

        queue.park(sending, "too large");
        assertThat(queue.backlog().parked()).isZero();

        queue.park(claim(), "too large");
        assertThat(queue.backlog().parked()).isEqualTo(1);
    }

    @Test
    void fullQueueAcceptsOnlyWaitingIds() {
        for (int n = 0; n < 5; n++) {
            add("p" + n);
        }
        queue.park(claimOnly("p0"), "too large");

        assertThat(add("p5")).isEqualTo(-1);
        assertThat(add("p1")).isPositive();

        queue.done(claimOnly("p1"));
        assertThat(add("p5")).isPositive();
    }

    @Test
    void retryMakesPostponedEntriesDueAndCountsOnlyThem() {
        add("parked");
        queue.park(claim(), "too large");
        add("postponed");
        queue.postpone(claim(), Duration.ofHours(1));
        add("due");

        assertThat(queue.retry("changed", "due")).isZero();
        assertThat(queue.retry("changed", null)).isEqualTo(1);
        assertThat(queue.retry("other", null)).isZero();
        assertThat(ids(claim())).containsExactly("postponed", "due");
    }

    @Test
    void retryDoesNotShortenTheDelayOfInDoubtTriggers() {
        queue.add(OutgoingTrigger.of("changed", "a"), Duration.ofSeconds(30));

        assertThat(queue.retry("changed", null)).isZero();
        assertThat(queue.retry("changed", "a")).isZero();
        assertThat(claim()).isEmpty();
        after(30);
        queue.postpone(claim(), Duration.ofHours(1));
        assertThat(queue.retry("changed", null)).isEqualTo(1);
        assertThat(ids(claim())).containsExactly("a");
    }

    @Test
    void oldestAgeCountsFromTheFirstPublishAndIgnoresParked() {
        add("parked");
        queue.park(claim(), "too large");
        after(10);
        add("a");
        after(10);
        add("a");
        add("b");
        queue.postpone(claim(), Duration.ofHours(1));
        after(10);

        assertThat(queue.backlog()).isEqualTo(new Backlog(2, Duration.ofSeconds(20), 1));
        queue.unpark("changed", null);
        assertThat(queue.backlog()).isEqualTo(new Backlog(3, Duration.ofSeconds(30), 0));
    }

    @Test
    void removesExpiredEntries() {
        add("parked");
        queue.park(claim(), "too large");
        add("old");
        after(10);
        add("new");

        assertThat(removeOlderThan(10)).containsExactly("old");
        after(60);
        assertThat(ids(claim())).containsExactly("new");
    }

    @Test
    void entryBeingSentDoesNotExpireButOthersDo() {
        add("being sent");
        add("released");
        add("postponed");
        add("parked");
        List<Claimed> claimed = claim();
        add("old");
        queue.release(claimed.subList(1, 2));
        queue.postpone(claimed.subList(2, 3), Duration.ofHours(1));
        queue.park(claimed.subList(3, 4), "too large");
        after(10);
        // an operator's retry does not change that the entry is being sent
        queue.retry("changed", "being sent");

        assertThat(removeOlderThan(10)).containsExactly("released", "postponed", "old");
        queue.release(claimed.subList(0, 1));
        assertThat(removeOlderThan(10)).containsExactly("being sent");
    }

    @Test
    void entryBeingSentExpiresAfterItsLease() {
        add("a");
        claim();

        now += LEASE.toNanos() - 1;
        assertThat(removeOlderThan(10)).isEmpty();
        now += 1;
        assertThat(removeOlderThan(10)).containsExactly("a");
    }

    @Test
    void entryPublishedAgainDuringItsSendHasANewAge() {
        add("a");
        after(10);
        List<Claimed> sending = claim();
        add("a");
        queue.done(sending);

        assertThat(removeOlderThan(10)).isEmpty();
        assertThat(queue.backlog().oldestAge()).isZero();
        after(10);
        assertThat(removeOlderThan(10)).containsExactly("a");
    }

    @Test
    void listsParkedEntriesFirstAndThenTheOldest() {
        add("a");
        add("b");
        add("c");
        queue.park(claimOnly("b"), "too large");

        assertThat(queue.list(2)).extracting(waiting -> waiting.trigger().id()).containsExactly("b", "a");
        assertThat(queue.list(2)).extracting(WaitingTrigger::since).containsOnly(NOON);
    }

    @Test
    void countsEntriesOfUnconfiguredDestinations() {
        add("a");
        queue.add(OutgoingTrigger.of("gone", "x"), Duration.ZERO);
        queue.add(OutgoingTrigger.of("gone", "y"), Duration.ZERO);
        queue.park(queue.claim("gone", 1, LEASE), "too large");

        assertThat(queue.countUnconfigured(Set.of("changed"))).containsExactly(Map.entry("gone", 2L));
    }

    @Test
    void closedQueueAcceptsNothing() {
        add("a");

        assertThat(queue.close()).hasSize(1);
        assertThat(add("a")).isEqualTo(-1);
        assertThat(add("b")).isEqualTo(-1);

        queue.open();
        assertThat(add("b")).isPositive();
        assertThat(ids(claim())).containsExactly("a", "b");
    }

    private List<String> removeOlderThan(long seconds) {
        return queue.removeOlderThan(Duration.ofSeconds(seconds)).stream()
                .map(waiting -> waiting.trigger().id())
                .toList();
    }

    private List<Claimed> claimOnly(String id) {
        List<Claimed> all = claim();
        List<Claimed> others = new ArrayList<>(all);
        others.removeIf(claimed -> claimed.trigger().id().equals(id));
        queue.release(others);
        all = new ArrayList<>(all);
        all.removeAll(others);
        return all;
    }

    private List<Claimed> claim() {
        return queue.claim("changed", 10, LEASE);
    }

    private long add(String id) {
        return add(id, null);
    }

    private long add(String id, Long version) {
        return queue.add(new OutgoingTrigger("changed", id, version), Duration.ZERO);
    }

    private void after(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private static List<String> ids(List<Claimed> claimed) {
        return claimed.stream().map(one -> one.trigger().id()).toList();
    }
}
