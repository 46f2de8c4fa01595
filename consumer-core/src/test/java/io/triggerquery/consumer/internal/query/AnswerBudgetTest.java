package io.triggerquery.consumer.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Answers share a memory budget; one of them can always continue. */
class AnswerBudgetTest {

    private static final int STEP = AnswerBudget.STEP;
    private static final int MAX_ANSWER = 3 * STEP;

    private final AnswerBudget budget = new AnswerBudget(MAX_ANSWER + 2 * STEP, MAX_ANSWER);
    private final List<Reading> readings = new ArrayList<>();

    private final class Reading implements AnswerBudget.Reader {

        private int steps;
        private boolean waits;

        Reading() {
            readings.add(this);
        }

        void ask() {
            waits = true;
            if (budget.tryReserve(this)) {
                onReserved();
            }
        }

        @Override
        public void onReserved() {
            assertThat(waits).isTrue();
            waits = false;
            steps++;
        }
    }

    @Test
    void admitsAnswersWithinBudgetAndOneMoreBeyondIt() {
        var first = new Reading();
        var second = new Reading();
        var favoured = new Reading();
        var late = new Reading();
        readings.forEach(Reading::ask);
        assertThat(List.of(first.waits, second.waits, favoured.waits, late.waits))
                .containsExactly(false, false, false, true);
        favoured.ask();
        favoured.ask();
        assertThat(favoured.steps).isEqualTo(3);
        first.ask();
        assertThat(first.waits).isTrue();

        budget.release(favoured);
        assertThat(late.waits).as("the longest waiting answer is favoured now").isFalse();
        assertThat(first.waits).isTrue();
        budget.release(second);
        assertThat(first.waits).isFalse();
    }

    @Test
    void releasesOnceHoweverOftenItIsCalled() {
        var one = new Reading();
        one.ask();
        one.ask();
        budget.release(one);
        budget.release(one);
        assertThat(budget.used()).isZero();
    }

    @Test
    void cancelledWaitIsForgotten() {
        for (int i = 0; i < 4; i++) {
            new Reading().ask();
        }
        Reading waiting = readings.get(3);
        budget.release(waiting);
        readings.subList(0, 3).forEach(budget::release);
        assertThat(waiting.steps).isZero();
        assertThat(budget.used()).isZero();
    }

    @Test
    void allAnswersEndWithinBudgetInAnyOrder() {
        for (long seed = 0; seed < 500; seed++) {
            run(new Random(seed), "seed " + seed);
        }
    }

    private void run(Random random, String seed) {
        readings.clear();
        for (int i = 0; i < 1 + random.nextInt(20); i++) {
            new Reading();
        }
        List<Reading> open = new ArrayList<>(readings);
        for (int turn = 0; !open.isEmpty(); turn++) {
            assertThat(turn).as(seed).isLessThan(10_000);
            assertThat(open).as(seed + ": one can go on").anyMatch(reading -> !reading.waits);
            Reading reading = open.get(random.nextInt(open.size()));
            boolean givesUp = random.nextInt(50) == 0;
            if (givesUp || !reading.waits && reading.steps == MAX_ANSWER / STEP) {
                open.remove(reading);
                budget.release(reading);
            } else if (!reading.waits) {
                reading.ask();
            }
            assertThat(open.stream().mapToLong(each -> (long) each.steps * STEP).sum())
                    .as(seed)
                    .isLessThanOrEqualTo(MAX_ANSWER + 2L * STEP);
        }
        assertThat(budget.used()).as(seed).isZero();
    }
}
