package io.triggerquery.demo.support;

import jakarta.validation.Valid;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Switches faults on and off. The address exists only in the demo profile. */
@Profile("demo")
@RestController
final class FaultsController {

    private final FaultsInterceptor interceptor;

    FaultsController(FaultsInterceptor interceptor) {
        this.interceptor = interceptor;
    }

    /** Returns the current faults. */
    @PostMapping("/api/faults")
    Faults set(@Valid @RequestBody Faults faults) {
        interceptor.set(faults);
        return faults;
    }
}
