package io.triggerquery.producer.internal.remote;

import feign.Headers;
import feign.RequestLine;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The calls of the relay service. Each of them may be repeated. */
@Headers({"Content-Type: application/json", "Accept: application/json, application/problem+json"})
public interface RelayServiceApi {

    /** A trigger that is to be sent. */
    record TriggerBody(
            String destination, String id, @Nullable Long version) {}

    /** Triggers that are to be sent at once. */
    record TriggersBody(List<TriggerBody> triggers) {}

    /**
     * A trigger that is announced.
     *
     * @param registration the caller's name for it
     */
    record RegistrationBody(
            UUID registration,
            String destination,
            String id,
            @Nullable Long version) {}

    /**
     * Triggers that are announced.
     *
     * @param maxRunSeconds after that time they are sent even if nobody activates them; 1 to 3,600
     */
    record RegisterBody(long maxRunSeconds, List<RegistrationBody> registrations) {}

    /** Announced triggers that are to be sent at once. */
    record ActivateBody(List<RegistrationBody> registrations) {}

    /** Announced triggers that need not be sent. */
    record CancelBody(List<UUID> registrations) {}

    /** Hands triggers over; once it has returned they will be sent. */
    @RequestLine("POST /v1/triggers")
    void accept(TriggersBody triggers);

    /** Announces triggers before the commit of their change. */
    @RequestLine("POST /v1/registrations")
    void register(RegisterBody registrations);

    /** Has announced triggers sent, known to the service or not. */
    @RequestLine("POST /v1/registrations/activate")
    void activate(ActivateBody registrations);

    /** Withdraws announced triggers; those that are activated stay. */
    @RequestLine("POST /v1/registrations/cancel")
    void cancel(CancelBody registrations);
}
