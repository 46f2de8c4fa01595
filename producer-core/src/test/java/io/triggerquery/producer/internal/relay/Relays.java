package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Creates relays for tests, which poll once an hour. */
public final class Relays {

    private static final Duration HOUR = Duration.ofHours(1);

    private Relays() {}

    /** Returns a relay that is not started and whose sends all get this answer. */
    public static TriggerRelay of(TriggerStore store, SendOutcome answer, String... destinations) {
        BatchDelivery delivery = (destination, batch) -> new BatchDelivery.Result(
                batch.stream()
                        .map(entry -> new BatchDelivery.Sent(entry.trigger(), List.of(entry), answer))
                        .toList(),
                List.of());
        RelaySettings settings =
                new RelaySettings(HOUR, 10, HOUR, new RetrySchedule(List.of(), HOUR, 0, () -> 0.5), 100, HOUR);
        return new TriggerRelay("relay", store, delivery, Set.of(destinations), settings, RelayListener.NONE);
    }
}
