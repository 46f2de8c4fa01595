package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.handoff.Strategy;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** A started strategy. */
sealed interface RunningStrategy {

    /** What sends its triggers, or null if another process does. */
    @Nullable
    TriggerRelay relay();

    /** What runs for it, in the order in which it starts. */
    List<SmartLifecycle> parts();

    /** Closes what its parts work with, after they have stopped. */
    AutoCloseable resources();

    /** One that keeps triggers outside of the business database. */
    record Keeping(TriggerBuffer buffer, @Nullable TriggerRelay relay, List<SmartLifecycle> parts, AutoCloseable resources)
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
