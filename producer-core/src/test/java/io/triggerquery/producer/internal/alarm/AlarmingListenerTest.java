package io.triggerquery.producer.internal.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.Alarm;
import io.triggerquery.producer.AlarmHook;
import io.triggerquery.producer.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmingListenerTest {

    private long now = Long.MAX_VALUE;
    private final List<Alarm> raised = new ArrayList<>();
    private final AlarmHook broken = alarm -> {
        throw new IllegalStateException("for the test");
    };
    private final AlarmingListener listener =
            new AlarmingListener(List.of(broken, raised::add, new LogAlarm()), () -> now);

    @Test
    void outageAndRecoveryReachEveryHookEvenIfOneThrows() {
        try (LogCapture log = LogCapture.of(LogAlarm.LOGGER)) {
            listener.outage("changed", "away\nforged");
            listener.recovered("changed", Duration.ofSeconds(70));

            assertThat(log.messages(Level.ERROR))
                    .containsExactly("Triggers for changed cannot be sent and wait: away?forged");
            assertThat(log.messages(Level.INFO)).containsExactly("Triggers for changed are sent again, after 70 s");
        }
        assertThat(raised)
                .containsExactly(
                        new Alarm.Outage("changed", "away?forged"),
                        new Alarm.Recovered("changed", Duration.ofSeconds(70)));
    }

    @Test
    void parkedTriggersAreRaisedOncePerMinuteAndDestination() {
        listener.parked("changed", 1, "too large");
        listener.parked("changed", 2, "too large");
        listener.parked("other", 1, "no such topic");
        now += DestinationCounts.INTERVAL.toNanos() - 1;
        listener.parked("changed", 3, "too large");
        now += 1;
        listener.parked("changed", 4, "too large still");

        assertThat(raised)
                .containsExactly(
                        new Alarm.Parked("changed", 1, "too large"),
                        new Alarm.Parked("other", 1, "no such topic"),
                        new Alarm.Parked("changed", 9, "too large still"));
    }

    @Test
    void storeFailuresAndUnconfiguredDestinationsAreRaised() {
        listener.storeFailed("outbox", "permission denied\nforged");
        listener.storeRecovered("outbox", Duration.ofSeconds(50));
        listener.unconfiguredDestination("outbox", "gone", 7);

        assertThat(raised)
                .extracting(Alarm::text)
                .containsExactly(
                        "The store of the strategy outbox fails, and its triggers are not sent: permission denied?forged",
                        "The store of the strategy outbox works again, after 50 s",
                        "7 triggers in the store of the strategy outbox wait for gone, which has no topic: configure one,"
                                + " or send them with triggerctl");
    }

    @Test
    void undeliveredTriggersAreCountedSeparately() {
        listener.parked("changed", 1, "too large");
        listener.undelivered("changed", 5, "full");
        listener.undelivered("changed", 5, "full");

        assertThat(raised)
                .containsExactly(
                        new Alarm.Parked("changed", 1, "too large"), new Alarm.Undelivered("changed", 5, "full"));
    }
}
