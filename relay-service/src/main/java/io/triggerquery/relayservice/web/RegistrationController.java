package io.triggerquery.relayservice.web;

import io.triggerquery.producer.internal.outbox.TriggerIntake;
import io.triggerquery.producer.internal.relay.TriggerRelays;
import io.triggerquery.producer.internal.remote.RelayServiceApi.ActivateBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.CancelBody;
import io.triggerquery.producer.internal.remote.RelayServiceApi.RegisterBody;
import java.security.Principal;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Registers triggers before the commit of their transaction, and activates or cancels them after it. Registrations
 * belong to their caller: the same id of another caller is another registration.
 */
@RestController
@RequestMapping("/v1/registrations")
final class RegistrationController {

    private final Admission admission;
    private final TriggerIntake intake;
    private final TriggerRelays relays;

    RegistrationController(Admission admission, TriggerIntake intake, TriggerRelays relays) {
        this.admission = admission;
        this.intake = intake;
        this.relays = relays;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void register(Principal caller, @RequestBody RegisterBody body) {
        admission.runTime(body.maxRunSeconds());
        intake.register(
                caller.getName(),
                Duration.ofSeconds(body.maxRunSeconds()),
                admission.registrations(caller.getName(), body.registrations()));
    }

    @PostMapping("/activate")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void activate(Principal caller, @RequestBody ActivateBody body) {
        intake.activate(caller.getName(), admission.registrations(caller.getName(), body.registrations()));
        relays.wakeUp();
    }

    @PostMapping("/cancel")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(Principal caller, @RequestBody CancelBody body) {
        intake.cancel(caller.getName(), admission.ids(body.registrations()));
    }
}
