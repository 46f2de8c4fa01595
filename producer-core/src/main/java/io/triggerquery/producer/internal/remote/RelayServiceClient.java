package io.triggerquery.producer.internal.remote;

import io.triggerquery.producer.internal.remote.RelayServiceApi.ActivateBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.CancelBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.RegisterBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.RegistrationBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.TriggerBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.TriggersBody;
import io.triggerquery.producer.internal.sending.Registration;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Calls the relay service, with at most {@link #LARGEST_CALL} triggers a call. {@link SendOutcome.Acknowledged} means
 * that the service's database has all of them.
 *
 * <p>Threads: any. Bounds: a call takes a connection and at most {@code connectTimeout} and {@code readTimeout} together;
 * more than {@link #LARGEST_CALL} triggers take several. Failure: an outcome, never
 * an exception; the service may then have some of the triggers, and the whole may be repeated.
 */
public final class RelayServiceClient {

    /** Half of what the service takes. */
    static final int LARGEST_CALL = 500;

    private final RelayServiceApi service;

    /**
     * Makes a client.
     *
     * @param service as {@link RelayServiceConnection} makes it
     */
    public RelayServiceClient(RelayServiceApi service) {
        this.service = service;
    }

    /** Hands triggers over. */
    public SendOutcome accept(List<OutgoingTrigger> triggers) {
        return inParts(triggers, part -> {
            List<TriggerBody> bodies = part.stream()
                    .map(trigger -> new TriggerBody(trigger.destination(), trigger.id(), trigger.version()))
                    .toList();
            service.accept(new TriggersBody(bodies));
        });
    }

    /** Announces triggers. */
    SendOutcome register(Duration maxRunTime, List<Registration> registrations) {
        return inParts(registrations, part -> service.register(new RegisterBody(maxRunTime.toSeconds(), bodies(part))));
    }

    /** Has announced triggers sent. */
    SendOutcome activate(List<Registration> registrations) {
        return inParts(registrations, part -> service.activate(new ActivateBody(bodies(part))));
    }

    /** Withdraws announced triggers. */
    SendOutcome cancel(List<Registration> registrations) {
        return inParts(
                registrations,
                part -> service.cancel(
                        new CancelBody(part.stream().map(Registration::id).toList())));
    }

    private static <T> SendOutcome inParts(List<T> all, Consumer<List<T>> call) {
        for (int from = 0; from < all.size(); from += LARGEST_CALL) {
            try {
                call.accept(all.subList(from, Math.min(all.size(), from + LARGEST_CALL)));
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
