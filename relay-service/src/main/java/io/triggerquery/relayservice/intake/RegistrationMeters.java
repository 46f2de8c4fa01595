package io.triggerquery.relayservice.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.internal.outbox.RegistrationListener;

/**
 * Counts exceptional registrations: {@code triggerquery.relay.sent.unactivated} counts sends without an activation,
 * {@code triggerquery.relay.activated.late} counts activations after such a send or without a registration.
 */
final class RegistrationMeters implements RegistrationListener {

    private static final String PREFIX = "triggerquery.relay.";

    private final Counter sentUnactivated;
    private final Counter activatedLate;

    RegistrationMeters(MeterRegistry registry) {
        this.sentUnactivated = Counter.builder(PREFIX + "sent.unactivated")
                .description("Sends of registered triggers that were not activated in time")
                .register(registry);
        this.activatedLate = Counter.builder(PREFIX + "activated.late")
                .description("Activations of triggers that were already sent or not registered")
                .register(registry);
    }

    @Override
    public void sentUnactivated(int triggers) {
        sentUnactivated.increment(triggers);
    }

    @Override
    public void activatedLate(int triggers) {
        activatedLate.increment(triggers);
    }
}
