package io.triggerquery.relayservice.web;

import io.triggerquery.producer.TriggerIdFormat;
import io.triggerquery.producer.internal.remote.RegistrationBuffer;
import io.triggerquery.producer.internal.remote.RelayServiceApi.RegistrationBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.TriggerBody;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.Registration;
import io.triggerquery.relayservice.callers.Callers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Validates the triggers of a call and the rights of its caller. A call is accepted as a whole or rejected. A {@link
 * Refusal} names the position in the list and what to change, and does not repeat the input.
 */
@Component
final class Admission {

    /** The maximum number of triggers in a call. */
    static final int MAX_TRIGGERS_PER_CALL = 1_000;

    private static final long MIN_RUN_SECONDS = RegistrationBuffer.SHORTEST.toSeconds();
    private static final long MAX_RUN_SECONDS = RegistrationBuffer.LONGEST.toSeconds();

    private final Callers callers;

    Admission(Callers callers) {
        this.callers = callers;
    }

    List<OutgoingTrigger> triggers(String caller, @Nullable List<@Nullable TriggerBody> bodies) {
        List<TriggerBody> present = present("triggers", bodies);
        List<OutgoingTrigger> triggers = new ArrayList<>();
        for (int i = 0; i < present.size(); i++) {
            TriggerBody body = present.get(i);
            triggers.add(trigger("triggers[" + i + "]", body.destination(), body.id(), body.version()));
        }
        permit(caller, "triggers", triggers);
        return triggers;
    }

    List<Registration> registrations(String caller, @Nullable List<@Nullable RegistrationBody> bodies) {
        List<RegistrationBody> present = present("registrations", bodies);
        List<Registration> registrations = new ArrayList<>();
        for (int i = 0; i < present.size(); i++) {
            RegistrationBody body = present.get(i);
            String place = "registrations[" + i + "]";
            if (absent(body.registration())) {
                throw bad(place + ".registration is missing; it must be a UUID");
            }
            registrations.add(new Registration(
                    body.registration(), trigger(place, body.destination(), body.id(), body.version())));
        }
        permit(
                caller,
                "registrations",
                registrations.stream().map(Registration::trigger).toList());
        return registrations;
    }

    List<UUID> ids(@Nullable List<@Nullable UUID> ids) {
        return present("registrations", ids);
    }

    void runTime(long seconds) {
        if (seconds < MIN_RUN_SECONDS || seconds > MAX_RUN_SECONDS) {
            throw bad("maxRunSeconds must be " + MIN_RUN_SECONDS + " to " + MAX_RUN_SECONDS);
        }
    }

    private static OutgoingTrigger trigger(
            String place, @Nullable String destination, @Nullable String id, @Nullable Long version) {
        if (destination == null || destination.isEmpty()) {
            throw bad(place + ".destination is missing");
        }
        if (id == null) {
            throw bad(place + ".id is missing");
        }
        TriggerIdFormat.violation(id).ifPresent(violation -> {
            throw bad(place + ".id: " + violation);
        });
        if (version != null && version < 0) {
            throw bad(place + ".version must not be negative");
        }
        return new OutgoingTrigger(destination, id, version);
    }

    private void permit(String caller, String list, List<OutgoingTrigger> triggers) {
        for (int i = 0; i < triggers.size(); i++) {
            if (!callers.mayUse(caller, triggers.get(i).destination())) {
                throw new Refusal(
                        HttpStatus.FORBIDDEN,
                        "%s[%d].destination is not allowed for this caller: see triggerquery.relay-service.callers"
                                .formatted(list, i));
            }
        }
    }

    private static <T> List<T> present(String name, @Nullable List<@Nullable T> list) {
        if (list == null || list.isEmpty() || list.size() > MAX_TRIGGERS_PER_CALL) {
            throw bad(name + " must be a list of 1 to " + MAX_TRIGGERS_PER_CALL + " elements");
        }
        List<T> present = new ArrayList<>();
        for (T one : list) {
            if (one == null) {
                throw bad(name + "[" + present.size() + "] is null");
            }
            present.add(one);
        }
        return present;
    }

    private static boolean absent(@Nullable Object value) {
        return value == null;
    }

    private static Refusal bad(String detail) {
        return new Refusal(HttpStatus.BAD_REQUEST, detail);
    }
}
