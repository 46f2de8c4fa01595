package io.triggerquery.console.internal.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.letter.LetterReasons;
import io.triggerquery.consumer.internal.letter.Scanned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LetterCountsTest {

    private final Deque<Runnable> queued = new ArrayDeque<>();
    private long now;
    private long changes;
    private Duration takes = Duration.ZERO;
    private boolean fails;
    private @Nullable String cursor;
    private int counted;
    private final LetterCounts counts = new LetterCounts(this::count, () -> now, queued::add);

    private LetterReasons count(String listener) {
        counted++;
        now += takes.toNanos();
        if (fails) {
            throw new IllegalStateException("no broker");
        }
        var reason = new LetterReasons.Reason("r", 3, Instant.EPOCH, Instant.EPOCH, "dlt-0@1", null);
        return new LetterReasons(List.of(reason, reason), 1, new Scanned(7, 0, 0, cursor == null ? 0 : 9, cursor));
    }

    private void run() {
        while (!queued.isEmpty()) {
            queued.poll().run();
        }
    }

    @Test
    void countsWithoutDelayingOverview() {
        assertThat(counts.of("bills", changes)).isNull();
        assertThat(counted).isZero();
        run();

        assertThat(counts.of("bills", changes)).isEqualTo(new LetterCounts.Count(7, false));
    }

    @Test
    void reportsThatThereAreMoreAfterTimeLimit() {
        cursor = "5";
        counts.of("bills", changes);
        run();

        assertThat(counts.of("bills", changes)).isEqualTo(new LetterCounts.Count(7, true));
    }

    @Test
    void countsOneListenerAtATime() {
        counts.of("bills", changes);
        counts.of("old", changes);
        counts.of("bills", changes);

        assertThat(queued).hasSize(1);
        run();
        counts.of("old", changes);
        run();
        assertThat(counts.of("old", changes)).isNotNull();
    }

    @Test
    void countsAtMostEveryThirtySeconds() {
        counts.of("bills", changes);
        run();
        changes++;
        now += Duration.ofSeconds(29).toNanos();
        counts.of("bills", changes);
        assertThat(queued).isEmpty();

        now += Duration.ofSeconds(1).toNanos();
        counts.of("bills", changes);
        assertThat(queued).hasSize(1);
    }

    @Test
    void countsEveryTenMinutesWithoutLocalChanges() {
        counts.of("bills", changes);
        run();
        now += Duration.ofSeconds(599).toNanos();
        counts.of("bills", changes);
        assertThat(queued).isEmpty();

        now += Duration.ofSeconds(1).toNanos();
        counts.of("bills", changes);
        assertThat(queued).hasSize(1);
    }

    @Test
    void countsForAtMostATwentiethOfTheTime() {
        takes = Duration.ofSeconds(10);
        counts.of("bills", changes);
        run();
        changes++;
        now += Duration.ofSeconds(199).toNanos();
        counts.of("bills", changes);
        assertThat(queued).isEmpty();

        now += Duration.ofSeconds(1).toNanos();
        counts.of("bills", changes);
        assertThat(queued).hasSize(1);
    }

    @Test
    void isUnknownIfBrokerDoesNotAnswer() {
        fails = true;
        counts.of("bills", changes);
        run();

        assertThat(counts.of("bills", changes)).isNull();
        assertThat(queued).isEmpty();
    }
}
