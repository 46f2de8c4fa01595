package io.triggerquery.demo.billing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.triggerquery.producer.TriggerPublisher;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@BillingTest
@ActiveProfiles("demo")
class FaultsIT {

    @Autowired
    MockMvc mvc;

    @Autowired
    PaymentProjection projection;

    @Autowired
    TriggerPublisher publisher;

    @BeforeEach
    void noFaults() throws Exception {
        projection.project(new Payment("pay-1", "Ada", BigDecimal.TEN, "EUR", 1));
        faults("{}").andExpect(status().isOk());
    }

    @Test
    void downAnswersEveryQueryWith503UntilItEnds() throws Exception {
        faults("{\"down\":true}")
                .andExpect(jsonPath("$.down").value(true))
                .andExpect(jsonPath("$.errorRate").value(0.0));
        query("pay-1").andExpect(status().isServiceUnavailable());
        mvc.perform(get("/api/billings").param("ids", "pay-1")).andExpect(status().isServiceUnavailable());

        faults("{}");
        query("pay-1").andExpect(status().isOk());
    }

    @Test
    void errorRateOfOneFailsEveryQuery() throws Exception {
        faults("{\"errorRate\":1,\"latencyMs\":5}");
        query("pay-1").andExpect(status().isInternalServerError());
    }

    @Test
    void failingIdsFailAloneAndInABatch() throws Exception {
        faults("{\"failIds\":[\"pay-2\"]}");
        query("pay-1").andExpect(status().isOk());
        query("pay-2").andExpect(status().isInternalServerError());
        mvc.perform(get("/api/billings").param("ids", "pay-1,pay-2")).andExpect(status().isInternalServerError());
    }

    @Test
    void formsOfThePageSetFaultsAndRepairThem() throws Exception {
        submitFault("break", "errorPercent", "100");
        submitFault("break", "failId", "<b>pay-2</b>");
        query("pay-1").andExpect(status().isInternalServerError());
        mvc.perform(get("/"))
                .andExpect(content().string(containsString("100 % of the queries are answered with 500.")))
                .andExpect(content().string(containsString("&lt;b&gt;pay-2&lt;/b&gt;")))
                .andExpect(content().string(not(containsString("<b>"))));

        submitFault("repair", "failId", "<b>pay-2</b>");
        mvc.perform(get("/"))
                .andExpect(content().string(containsString("100 % of the queries are answered with 500.")))
                .andExpect(content().string(not(containsString("pay-2"))));

        mvc.perform(post("/faults/repair")).andExpect(redirectedUrl("/#faults"));
        query("pay-1").andExpect(status().isOk());
        mvc.perform(get("/")).andExpect(content().string(containsString("Every query is answered.")));
    }

    @ParameterizedTest
    @CsvSource({"errorPercent, 101", "errorPercent, 0", "latencyMs, 60001", "failId, ''", "down, perhaps"})
    void invalidFormValuesAreRefused(String name, String value) throws Exception {
        mvc.perform(post("/faults/break").param(name, value)).andExpect(status().isBadRequest());
        query("pay-1").andExpect(status().isOk());
    }

    private void submitFault(String how, String name, String value) throws Exception {
        mvc.perform(post("/faults/" + how).param(name, value)).andExpect(redirectedUrl("/#faults"));
    }

    @Test
    void unpublishedFaultSuppressesTriggersUntilRepaired() throws Exception {
        submitFault("break", "unpublished", "true");
        publisher.publish("billing-changed", "pay-1");
        publisher.publish("billing-changed", "pay-1", 7);
        mvc.perform(get("/")).andExpect(content().string(containsString("Changes publish no trigger.")));

        mvc.perform(post("/faults/repair"));
        assertThatThrownBy(() -> publisher.publish("billing-changed", "pay-1"))
                .as("publishing needs a transaction again")
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void billsCanBeIssuedDuringAFault() throws Exception {
        faults("{\"down\":true}");
        mvc.perform(post("/api/bills").contentType(MediaType.APPLICATION_JSON).content("{\"month\":\"2026-11\"}"))
                .andExpect(status().isOk());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'errorRate':1.1} | errorRate",
                "{'errorRate':-1} | errorRate",
                "{'latencyMs':60001} | latencyMs",
                "{'latencyMs':-1} | latencyMs",
            },
            quoteCharacter = '"')
    void invalidFaultsAreRefusedWithReason(String body, String name) throws Exception {
        faults(body.replace('\'', '"'))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(containsString(name)));
        query("pay-1").andExpect(status().isOk());
    }

    private ResultActions faults(String body) throws Exception {
        return mvc.perform(
                post("/api/faults").contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private ResultActions query(String id) throws Exception {
        return mvc.perform(get("/api/billings/{id}", id));
    }
}
