package io.triggerquery.producer.internal.remote;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The calls of the relay service. Each of them may be repeated. */
public interface RelayServiceApi {

    /** A trigger to send. */
    record TriggerBody(
            String destination, String id, @Nullable Long version) {}

    /** Triggers to send at once. */
    record TriggersBody(List<TriggerBody> triggers) {}

    /**
     * A registered trigger.
     *
     * @param registration the caller's id of the registration
     */
    record RegistrationBody(
            UUID registration,
            String destination,
            String id,
            @Nullable Long version) {}

    /**
     * Triggers to register.
     *
     * @param maxRunSeconds the time after which they are sent without an activation, 1 to 3,600
     */
    record RegisterBody(long maxRunSeconds, List<RegistrationBody> registrations) {}

    /** Registered triggers to send at once. */
    record ActivateBody(List<RegistrationBody> registrations) {}

    /** Registrations to cancel. */
    record CancelBody(List<UUID> registrations) {}

    /** Accepts triggers. Once it has returned, they will be sent. */
    void accept(TriggersBody triggers);

    /** Registers triggers before the commit of their transaction. */
    void register(RegisterBody registrations);

    /** Activates registrations, also those that the service does not know: their triggers are sent at once. */
    void activate(ActivateBody registrations);

    /** Cancels registrations. Those that were activated are not cancelled. */
    void cancel(CancelBody registrations);
}
