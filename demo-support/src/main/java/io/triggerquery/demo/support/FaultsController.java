package io.triggerquery.demo.support;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Switches faults on and off, by JSON and by the forms of a page. The addresses exist only in the demo profile. */
@Profile("demo")
@Controller
final class FaultsController {

    private static final String BACK = "redirect:/#faults";

    private final FaultsInterceptor interceptor;

    FaultsController(FaultsInterceptor interceptor) {
        this.interceptor = interceptor;
    }

    /** Returns the current faults. */
    @PostMapping("/api/faults")
    @ResponseBody
    Faults set(@Valid @RequestBody Faults faults) {
        interceptor.set(faults);
        return faults;
    }

    @PostMapping("/faults/break")
    String breakIt(@Valid @ModelAttribute FaultSwitch wanted) {
        interceptor.set(wanted.addedTo(interceptor.faults()));
        return BACK;
    }

    /** Ends all faults, or those of one id. */
    @PostMapping("/faults/repair")
    String repair(@RequestParam(required = false) @Nullable String failId) {
        interceptor.set(FaultSwitch.repaired(interceptor.faults(), failId));
        return BACK;
    }
}
