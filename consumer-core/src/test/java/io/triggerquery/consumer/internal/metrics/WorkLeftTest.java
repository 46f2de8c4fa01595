package io.triggerquery.consumer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The seconds of work left, in virtual time. */
class WorkLeftTest {

    private static final TopicPartition PARTITION = new TopicPartition("things", 0);

    private final Listener listener = new Listener();
    private final WorkLeft work = new WorkLeft(listener, () -> listener.now);

    private static final class Listener implements WorkLeft.Source {

        private TopicPartition partition = PARTITION;
        private boolean works = true;
        private boolean answers = true;
        private long left;
        private long settled;
        private long now;
        private int samples;

        @Override
        public boolean works() {
            return works;
        }

        @Override
        public int parallelism() {
            return 10;
        }

        @Override
        public CompletionStage<WorkLeft.Sample> sample() {
            samples++;
            return CompletableFuture.completedStage(
                    answers ? new WorkLeft.Sample(left, Map.of(partition, settled)) : null);
        }
    }

    /** Advances ten seconds in which triggers arrive and are settled. */
    private double pass(long arrive, long settle) {
        listener.now += Duration.ofSeconds(10).toNanos();
        listener.left += arrive - settle;
        listener.settled += settle;
        return work.seconds();
    }

    @Test
    void workLeftIsBacklogDividedByRate() {
        listener.left = 10_000;
        assertThat(work.seconds()).as("before the rate is known").isNaN();
        assertThat(pass(0, 1_000)).isEqualTo(90, within(0.1));
        assertThat(pass(0, 1_000)).isEqualTo(80, within(0.1));
    }

    @Test
    void idleListenerHasZeroWorkAndKeepsItsRate() {
        listener.left = 1_000;
        work.seconds();
        assertThat(pass(0, 1_000)).isZero();
        for (int i = 0; i < 1_000; i++) {
            assertThat(pass(0, 0)).isZero();
        }
        assertThat(pass(500, 0)).as("500 at 100 per second").isEqualTo(5, within(0.1));
    }

    @Test
    void littleTrafficDoesNotLowerRate() {
        listener.left = 1_000;
        work.seconds();
        pass(0, 1_000);
        for (int i = 0; i < 100; i++) {
            pass(6, 5);
            listener.left = 1;
        }
        assertThat(pass(1_000, 1)).isLessThan(15);
    }

    @Test
    void backlogWithoutProgressApproachesADay() {
        listener.left = 1_000;
        work.seconds();
        pass(0, 100);
        double before = 0;
        for (int i = 0; i < 60; i++) {
            double now = pass(0, 0);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(before).isGreaterThan(80_000).isLessThanOrEqualTo(86_400);
    }

    @Test
    void newListenerWithoutProgressHasADayOfWork() {
        listener.left = 1_000;
        work.seconds();
        assertThat(pass(0, 0)).isEqualTo(86_400);
    }

    @Test
    void slowerSourceIsDetectedWithinMinutes() {
        listener.left = 100_000;
        work.seconds();
        pass(0, 1_000);
        for (int i = 0; i < 18; i++) {
            pass(0, 100);
        }
        assertThat(listener.left / work.seconds()).as("settled per second").isEqualTo(10, within(6.0));
    }

    @Test
    void workLeftIsUnknownWhileListenerIsStopped() {
        listener.left = 1_000;
        work.seconds();
        pass(0, 500);
        listener.works = false;
        assertThat(pass(0, 0)).isNaN();
        listener.works = true;
        assertThat(work.seconds()).isEqualTo(10, within(0.1));
        assertThat(pass(0, 0))
                .as("only the ten seconds in which it worked count")
                .isEqualTo(11.8, within(0.1));
    }

    @Test
    void workLeftIsUnknownIfBrokerDoesNotAnswer() {
        listener.left = 1_000;
        work.seconds();
        assertThat(pass(0, 100)).isEqualTo(90, within(0.1));
        listener.answers = false;
        assertThat(pass(0, 100)).as("the rate remains for a while").isEqualTo(90, within(0.1));
        for (int i = 0; i < 12; i++) {
            pass(0, 0);
        }
        assertThat(work.seconds()).isNaN();
    }

    @Test
    void rebalancedPartitionsAreNotCountedAsProgress() {
        listener.left = 1_000;
        work.seconds();
        pass(0, 100);
        listener.partition = new TopicPartition("things", 1);
        listener.settled = 1_000_000;
        assertThat(listener.left / pass(0, 0)).as("settled per second").isLessThan(11);
    }

    @Test
    void brokerIsCalledAtMostEveryFiveSeconds() {
        for (int i = 0; i < 100; i++) {
            listener.now += Duration.ofMillis(100).toNanos();
            work.seconds();
        }
        assertThat(listener.samples).isEqualTo(2);
    }

    @Test
    void brokerIsCalledOncePerInterval() {
        var seldom = new WorkLeft(listener, () -> listener.now, Duration.ofSeconds(30));
        for (int second = 0; second < 60; second += 2) {
            listener.now = Duration.ofSeconds(second).toNanos();
            seldom.seconds();
        }

        assertThat(listener.samples).isEqualTo(2);
    }
}
