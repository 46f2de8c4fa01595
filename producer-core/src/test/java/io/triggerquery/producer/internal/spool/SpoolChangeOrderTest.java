package io.triggerquery.producer.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.spool.SpoolChange.Cancel;
import io.triggerquery.producer.internal.spool.SpoolChange.Forget;
import io.triggerquery.producer.internal.spool.SpoolChange.Put;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Threads that publish the same id may draw their generations in one order and reach the disk in another. In every order
 * a published trigger stays on disk until it is sent, and no row is left in the end.
 */
class SpoolChangeOrderTest {

    private static final OutgoingTrigger TRIGGER = OutgoingTrigger.of("bills", "b-1");

    /** A thread publishes a trigger, announces it and commits or cancels it, or receives that it was sent. */
    private enum Step {
        PUBLISH,
        ANNOUNCE,
        COMMIT,
        CANCEL,
        SENT;

        boolean draws() {
            return this == PUBLISH || this == ANNOUNCE || this == COMMIT;
        }
    }

    /** A step of a thread. */
    private record At(int thread, Step step) {}

    private static final List<Step> PLAIN = List.of(Step.PUBLISH, Step.SENT);
    private static final List<Step> COMMITTED = List.of(Step.ANNOUNCE, Step.COMMIT, Step.SENT);
    private static final List<Step> ROLLED_BACK = List.of(Step.ANNOUNCE, Step.CANCEL);

    @Test
    void twoPublishingThreads() {
        tryAll(List.of(PLAIN, PLAIN));
    }

    @Test
    void rolledBackTransactionAndPublishingThread() {
        tryAll(List.of(ROLLED_BACK, PLAIN));
    }

    @Test
    void rolledBackTransactionAndCommittedTransaction() {
        tryAll(List.of(ROLLED_BACK, COMMITTED));
    }

    @Test
    void twoTransactionsAndPublishingThread() {
        tryAll(List.of(ROLLED_BACK, COMMITTED, PLAIN));
    }

    private static void tryAll(List<List<Step>> threads) {
        List<List<Step>> drawing = threads.stream()
                .map(steps -> steps.stream().filter(Step::draws).toList())
                .toList();
        for (List<At> drawn : orders(drawing)) {
            Map<At, Long> generations = new HashMap<>();
            drawn.forEach(at -> generations.put(at, generations.size() + 1L));
            orders(threads).forEach(submitted -> tryOne(submitted, generations));
        }
    }

    private static void tryOne(List<At> submitted, Map<At, Long> generations) {
        @Nullable SpoolRow row = null;
        Map<Integer, Long> published = new LinkedHashMap<>();
        int announced = 0;
        for (At at : submitted) {
            long generation = generations.getOrDefault(at, 0L);
            switch (at.step()) {
                case PUBLISH, COMMIT -> published.put(at.thread(), generation);
                case ANNOUNCE -> announced++;
                case CANCEL -> announced--;
                case SENT -> {
                    // the send of the row covers everything published before
                    long sent = generationOf(at.thread(), generations);
                    published.values().removeIf(one -> one <= sent);
                    row = new Forget(TRIGGER.key(), sent, 0).apply(row);
                }
            }
            row = switch (at.step()) {
                case PUBLISH -> new Put(TRIGGER, generation, Instant.EPOCH, 0).apply(row);
                case ANNOUNCE -> new Put(TRIGGER, generation, Instant.EPOCH, 1).apply(row);
                case COMMIT -> new Put(TRIGGER, generation, Instant.EPOCH, -1).apply(row);
                case CANCEL -> new Cancel(TRIGGER.key()).apply(row);
                case SENT -> row;
            };
            announced -= at.step() == Step.COMMIT ? 1 : 0;
            assertThat(row != null)
                    .as("a row after %s of %s with %s", at, submitted, generations)
                    .isEqualTo(announced > 0 || !published.isEmpty());
        }
    }

    private static long generationOf(int thread, Map<At, Long> generations) {
        Long plain = generations.get(new At(thread, Step.PUBLISH));
        return plain != null ? plain : generations.getOrDefault(new At(thread, Step.COMMIT), 0L);
    }

    /** Returns every interleaving of the threads' steps. */
    private static List<List<At>> orders(List<List<Step>> threads) {
        List<List<At>> orders = new ArrayList<>();
        order(threads, new int[threads.size()], new ArrayList<>(), orders);
        return orders;
    }

    private static void order(List<List<Step>> threads, int[] done, List<At> begun, List<List<At>> orders) {
        boolean ended = true;
        for (int thread = 0; thread < done.length; thread++) {
            if (done[thread] < threads.get(thread).size()) {
                ended = false;
                begun.add(new At(thread, threads.get(thread).get(done[thread]++)));
                order(threads, done, begun, orders);
                done[thread]--;
                begun.remove(begun.size() - 1);
            }
        }
        if (ended) {
            orders.add(List.copyOf(begun));
        }
    }
}
