package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.handoff.Strategy;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** A started strategy. */
sealed interface RunningStrategy {

    /** Returns the relay that sends the triggers; null if another process sends them. */
    @Nullable
    TriggerRelay relay();

    /** Returns the parts of the strategy in the order in which they start. */
    List<SmartLifecycle> parts();

    /** Returns the resources of the parts, to be closed after the parts have stopped. */
    AutoCloseable resources();

    /** A strategy that keeps triggers outside of the business database. */
    record Buffered(
            TriggerBuffer buffer, @Nullable TriggerRelay relay, List<SmartLifecycle> parts, AutoCloseable resources)
            implements RunningStrategy {}

    /** The outbox, which takes part in the business transaction. */
    record InDatabase(Strategy strategy, TriggerRelay relay) implements RunningStrategy {

        @Override
        public List<SmartLifecycle> parts() {
            return List.of(relay);
        }

        @Override
        public AutoCloseable resources() {
            return () -> {};
        }
    }
}
