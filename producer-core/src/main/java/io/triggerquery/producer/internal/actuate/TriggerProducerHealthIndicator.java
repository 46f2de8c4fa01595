package io.triggerquery.producer.internal.actuate;

import io.triggerquery.producer.internal.relay.TriggerRelay;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health indicator {@code triggerProducer}.
 *
 * <p>DOWN if a relay does not run: what is published then waits for ever. OUT_OF_SERVICE if the spool can't be used: what
 * is published goes to the fallback, or is rejected; and if a store has failed twice in a row: nothing of it is sent. UP
 * otherwise.
 *
 * <p>A destination that can't be reached is not DOWN: its triggers wait as they should. It is a detail, has a meter and
 * raises an alarm. What waits is not counted here, because a probe should not ask a database that has its own indicator.
 *
 * <p>A full spool or a broken one is not healed by a restart, so this belongs in no liveness probe; Spring Boot puts it in
 * none by itself.
 *
 * <p>Threads: any. Failure: none.
 */
public final class TriggerProducerHealthIndicator implements HealthIndicator {

    private final Map<String, TriggerRelay> relays;
    private final Supplier<Optional<String>> spoolTrouble;

    /**
     * Creates the indicator.
     *
     * @param relays by strategy; one that is added later is seen
     * @param spoolTrouble why the spool can't be used; empty if it can, or if there is none
     */
    public TriggerProducerHealthIndicator(Map<String, TriggerRelay> relays, Supplier<Optional<String>> spoolTrouble) {
        this.relays = relays;
        this.spoolTrouble = spoolTrouble;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        spoolTrouble.get().ifPresent(trouble -> health.outOfService().withDetail("spool", trouble));
        relays.forEach((strategy, relay) -> {
            relay.storeTrouble()
                    .ifPresentOrElse(
                            trouble -> health.outOfService().withDetail(strategy, "its store fails: " + trouble),
                            () -> health.withDetail(strategy, new TreeMap<>(relay.destinationStates())));
        });
        relays.forEach((strategy, relay) -> {
            if (!relay.isRunning()) {
                health.down().withDetail(strategy, "its relay does not run");
            }
        });
        return health.build();
    }
}
