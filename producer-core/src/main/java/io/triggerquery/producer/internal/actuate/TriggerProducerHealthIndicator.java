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
 * <p>DOWN if a relay loop does not run, since published triggers are then not sent. OUT_OF_SERVICE if the spool cannot
 * be used, since published triggers then go to the fallback or are rejected; also if a store has failed twice in a row,
 * since its triggers are then not sent. UP otherwise.
 *
 * <p>A destination that cannot be reached does not change the status, because its triggers are kept. It is a detail
 * here, has a meter and raises an alarm. Waiting triggers are not counted here, because a health check should not query
 * a database that has its own indicator.
 *
 * <p>A restart does not heal a full or broken spool, so do not add this indicator to a liveness probe. Spring Boot does
 * not by default.
 *
 * <p>Threads: any. Failure: none.
 */
public final class TriggerProducerHealthIndicator implements HealthIndicator {

    private final Map<String, TriggerRelay> relays;
    private final Supplier<Optional<String>> spoolFailure;

    /**
     * Creates the indicator.
     *
     * @param relays the relays by strategy, a live view
     * @param spoolFailure why the spool cannot be used; empty if it can, or if there is none
     */
    public TriggerProducerHealthIndicator(Map<String, TriggerRelay> relays, Supplier<Optional<String>> spoolFailure) {
        this.relays = relays;
        this.spoolFailure = spoolFailure;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        spoolFailure.get().ifPresent(failure -> health.outOfService().withDetail("spool", failure));
        relays.forEach((strategy, relay) -> {
            relay.storeFailure()
                    .ifPresentOrElse(
                            failure -> health.outOfService().withDetail(strategy, "the store fails: " + failure),
                            () -> health.withDetail(strategy, new TreeMap<>(relay.destinationStates())));
        });
        relays.forEach((strategy, relay) -> {
            if (!relay.isRunning()) {
                health.down().withDetail(strategy, "the relay loop does not run");
            }
        });
        return health.build();
    }
}
