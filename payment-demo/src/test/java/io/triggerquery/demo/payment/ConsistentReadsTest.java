package io.triggerquery.demo.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.triggerquery.consumer.FreshnessResult;
import io.triggerquery.consumer.FreshnessResult.Known;
import io.triggerquery.consumer.FreshnessResult.Reason;
import io.triggerquery.consumer.test.ScriptedFreshness;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The answers to the header of a consistent read. */
class ConsistentReadsTest {

    private final ScriptedFreshness freshness = new ScriptedFreshness();
    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new Billings())
            .addMappedInterceptors(new String[] {"/api/payments/*/billing"}, new ConsistentReads(freshness))
            .build();

    @RestController
    static final class Billings {

        @GetMapping("/api/payments/{id}/billing")
        String one(@PathVariable String id) {
            return id;
        }
    }

    private org.springframework.test.web.servlet.ResultActions read(String version) throws Exception {
        return mvc.perform(get("/api/payments/p1/billing").header(ConsistentReads.HEADER, version));
    }

    @Test
    void freshReadIsAnswered() throws Exception {
        read("17").andExpect(status().isOk());
        assertThat(freshness.calls())
                .containsExactly(new ScriptedFreshness.Call(Billing.LISTENER, "p1", OptionalLong.of(17)));
    }

    @Test
    void nothingIsAwaitedWithoutHeader() throws Exception {
        mvc.perform(get("/api/payments/p1/billing")).andExpect(status().isOk());
        assertThat(freshness.calls()).isEmpty();
    }

    @Test
    void timeoutAdvisesToRetryLater() throws Exception {
        freshness.answers("p1", new FreshnessResult.TimedOut(Known.NOTHING));
        read("17").andExpect(status().isServiceUnavailable()).andExpect(header().string("Retry-After", "1"));
        freshness.answers("p1", new FreshnessResult.Refused(Reason.SOURCE_UNAVAILABLE, Known.NOTHING));
        read("17").andExpect(status().isServiceUnavailable()).andExpect(header().string("Retry-After", "1"));
    }

    @Test
    void versionMustBeANumber() throws Exception {
        read("seventeen").andExpect(status().isBadRequest());
        read("-1").andExpect(status().isBadRequest());
    }
}
