package io.triggerquery.relayservice.web;

import io.triggerquery.producer.internal.outbox.TriggerIntake;
import io.triggerquery.producer.internal.relay.TriggerRelays;
import io.triggerquery.producer.internal.remote.RelayServiceApi.TriggersBody;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accepts triggers to send at once. It answers after the commit of the database. */
@RestController
@RequestMapping("/v1/triggers")
final class TriggerController {

    private final Admission admission;
    private final TriggerIntake intake;
    private final TriggerRelays relays;

    TriggerController(Admission admission, TriggerIntake intake, TriggerRelays relays) {
        this.admission = admission;
        this.intake = intake;
        this.relays = relays;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    void accept(Principal caller, @RequestBody TriggersBody body) {
        intake.accept(caller.getName(), admission.triggers(caller.getName(), body.triggers()));
        relays.wakeUp();
    }
}
