package io.triggerquery.relayservice.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.internal.outbox.RegistrationListener;

/**
 * Counts registrations that did not go the usual way: {@code triggerquery.relay.fired.by.itself} were sent without an
 * activation, {@code triggerquery.relay.activated.late} were activated after that.
 */
final class RegistrationMeters implements RegistrationListener {

    private static final String PREFIX = "triggerquery.relay.";

    private final Counter firedByItself;
    private final Counter activatedLate;

    RegistrationMeters(MeterRegistry registry) {
        this.firedByItself = Counter.builder(PREFIX + "fired.by.itself")
                .description("Sends of registered triggers that nobody had activated in time")
                .register(registry);
        this.activatedLate = Counter.builder(PREFIX + "activated.late")
                .description("Activations of triggers that were sent already, or not known")
                .register(registry);
    }

    @Override
    public void firedByItself(int triggers) {
        firedByItself.increment(triggers);
    }

    @Override
    public void activatedLate(int triggers) {
        activatedLate.increment(triggers);
    }
}
