package io.triggerquery.producer.internal.remote;

import io.triggerquery.producer.internal.remote.RelayServiceApi.ActivateBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.CancelBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.RegisterBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.RegistrationBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.TriggerBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.TriggersBody;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.Registration;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Calls the relay service, with at most {@value #MAX_TRIGGERS_PER_CALL} triggers in each call. {@link
 * SendOutcome.Acknowledged} means that the service's database has all of them.
 *
 * <p>Threads: any. Bounds: a call takes one connection and no longer than {@code connectTimeout} and {@code
 * readTimeout} together. Failure: an outcome, never an exception. The service may then have some of the triggers;
 * repeat all of them.
 */
public final class RelayServiceClient {

    /** Half of the service's limit. */
    static final int MAX_TRIGGERS_PER_CALL = 500;

    private final RelayServiceApi service;

    /**
     * Creates a client.
     *
     * @param service the service's calls, such as those of a {@link RelayServiceConnection}
     */
    public RelayServiceClient(RelayServiceApi service) {
        this.service = service;
    }

    /** Passes triggers to the service, which sends them at once. */
    public SendOutcome accept(List<OutgoingTrigger> triggers) {
        return inBatches(triggers, batch -> {
            List<TriggerBody> bodies = batch.stream()
                    .map(trigger -> new TriggerBody(trigger.destination(), trigger.id(), trigger.version()))
                    .toList();
            service.accept(new TriggersBody(bodies));
        });
    }

    /** Registers triggers, which the service sends after this time if they are not activated. */
    SendOutcome register(Duration maxRunTime, List<Registration> registrations) {
        return inBatches(
                registrations, batch -> service.register(new RegisterBody(maxRunTime.toSeconds(), bodies(batch))));
    }

    /** Activates registered triggers. */
    SendOutcome activate(List<Registration> registrations) {
        return inBatches(registrations, batch -> service.activate(new ActivateBody(bodies(batch))));
    }

    /** Cancels registered triggers. */
    SendOutcome cancel(List<Registration> registrations) {
        return inBatches(
                registrations,
                batch -> service.cancel(
                        new CancelBody(batch.stream().map(Registration::id).toList())));
    }

    private static <T> SendOutcome inBatches(List<T> all, Consumer<List<T>> call) {
        for (int from = 0; from < all.size(); from += MAX_TRIGGERS_PER_CALL) {
            try {
                call.accept(all.subList(from, Math.min(all.size(), from + MAX_TRIGGERS_PER_CALL)));
            } catch (RuntimeException e) {
                return CallFailure.outcome(e);
            }
        }
        return new SendOutcome.Acknowledged();
    }

    private static List<RegistrationBody> bodies(List<Registration> registrations) {
        return registrations.stream()
                .map(registration -> new RegistrationBody(
                        registration.id(),
                        registration.trigger().destination(),
                        registration.trigger().id(),
                        registration.trigger().version()))
                .toList();
    }
}
