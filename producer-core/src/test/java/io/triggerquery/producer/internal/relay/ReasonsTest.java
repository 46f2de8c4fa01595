package io.triggerquery.producer.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.LogCapture;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs and alarms contain the original reason why a send failed. */
class ReasonsTest {

    private static final RetrySchedule SCHEDULE = new RetrySchedule(List.of(), Duration.ofSeconds(1), 0, () -> 0.5);

    private long now;
    private final FakeStore table = new FakeStore(() -> now);
    private final FakeSender sender = new FakeSender();
    private final List<String> causes = new ArrayList<>();
    private final RelayListener listener = new RelayListener() {
        @Override
        public void outage(String destination, String cause) {
            causes.add(cause);
        }

        @Override
        public void parked(String destination, int triggers, String cause) {
            causes.add(cause);
        }
    };

    static List<SendOutcome> failures() {
        return List.of(
                new SendOutcome.Unreachable("no broker"),
                new SendOutcome.Unreachable("no broker", "partition 1"),
                new SendOutcome.Blocked("no broker"),
                new SendOutcome.Refused("no broker"),
                new SendOutcome.Refused("no broker", false));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void areLoggedAsPlainText(SendOutcome failure) {
        sender.otherwise = failure;
        RelaySettings settings =
                new RelaySettings(Duration.ofSeconds(1), 10, Duration.ofSeconds(30), SCHEDULE, 100, Duration.ZERO);
        Deliveries deliveries = InlineExecutor.deliveries(new Dispatch(sender, Duration.ofSeconds(30)));
        DestinationWorker worker = new DestinationWorker(
                "changed", table, deliveries, settings, new RelayBackoff(SCHEDULE, 100, () -> now), listener);
        table.insert("changed", "a");
        List<String> lines = new ArrayList<>();

        try (LogCapture log = LogCapture.of(Outage.class)) {
            for (int n = 0; n < 3; n++) {
                worker.pass();
                now += Duration.ofSeconds(2).toNanos();
            }
            lines.addAll(log.messages(Level.WARN));
            lines.addAll(log.messages(Level.ERROR));
        }

        assertThat(causes).first().asString().endsWith("no broker");
        assertThat(lines).isNotEmpty().allSatisfy(line -> assertThat(line).endsWith(": no broker"));
    }
}
