package io.triggerquery.demo.payment;

import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@PaymentTest
@ActiveProfiles("demo")
class FaultsIT {

    @Autowired
    MockMvc mvc;

    @BeforeEach
    void noFaults() throws Exception {
        faults("{}").andExpect(status().isOk());
    }

    @Test
    void downAnswers503UntilItEnds() throws Exception {
        faults("{\"down\":true}");
        query("pay-1").andExpect(status().isServiceUnavailable());

        faults("{}");
        query("pay-1").andExpect(status().isNotFound());
    }

    @Test
    void failIdsFailAlone() throws Exception {
        faults("{\"failIds\":[\"pay-2\"]}");
        query("pay-1").andExpect(status().isNotFound());
        query("pay-2").andExpect(status().isInternalServerError());
    }

    @Test
    void onlyQueriesAreAffected() throws Exception {
        faults("{\"down\":true}");
        mvc.perform(post("/api/payments/sample").param("count", "1")).andExpect(status().isOk());
        mvc.perform(get("/api/payments")).andExpect(status().isOk());
        mvc.perform(get("/")).andExpect(status().isOk());
    }

    @Test
    void invalidFaultsAreNamed() throws Exception {
        faults("{\"errorRate\":2}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(containsString("errorRate")));
    }

    private ResultActions faults(String body) throws Exception {
        return mvc.perform(
                post("/api/faults").contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private ResultActions query(String id) throws Exception {
        return mvc.perform(get("/api/payments/{id}", id));
    }
}
