package io.triggerquery.demo.billing;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.math.BigDecimal;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@BillingTest
class PageControllerIT {

    @Autowired
    MockMvc mvc;

    @Autowired
    PaymentProjection projection;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void twelvePayments() {
        jdbc.sql("truncate billing, bill").update();
        for (int i = 10; i < 22; i++) {
            projection.project(new Payment("pay-" + i, "<b>Ada</b>", BigDecimal.TEN, "EUR", 1));
        }
    }

    @Test
    void issuesAndVoidsOnceThenRedirects() throws Exception {
        mvc.perform(post("/bills").param("month", "2026-11")).andExpect(redirectedUrl("/?issued=12"));
        page("/?issued=12", containsString("Issued a bill for 12 payments."))
                .andExpect(content().string(containsString("All payments are billed.")));
        String billId = jdbc.sql("select id from bill").query(String.class).single();

        mvc.perform(post("/bills/void").param("billId", billId)).andExpect(redirectedUrl("/?voided=12"));
        mvc.perform(post("/bills/void").param("billId", billId)).andExpect(redirectedUrl("/?voided=0"));
        page("/?voided=12", containsString("12 payments are unbilled again."))
                .andExpect(content().string(containsString("<span class=\"quiet\">voided</span>")));
    }

    @Test
    void missingUnbilledPaymentsAreReported() throws Exception {
        jdbc.sql("truncate billing, bill").update();
        mvc.perform(post("/bills").param("month", "2026-11")).andExpect(redirectedUrl("/?issued=0"));
        page("/?issued=0", containsString("Nothing was unbilled, so no bill was issued."));
    }

    @Test
    void showsUnbilledPaymentsInPagesOfTen() throws Exception {
        page("/", containsString("id=\"story-pay-21\""))
                .andExpect(content().string(not(containsString("pay-11"))))
                .andExpect(content().string(containsString("rel=\"next\"")));
        page("/?page=1", containsString("id=\"story-pay-11\""))
                .andExpect(content().string(not(containsString("pay-12"))))
                .andExpect(content().string(not(containsString("rel=\"next\""))));
    }

    @Test
    void escapesThePayer() throws Exception {
        page("/", containsString("&lt;b&gt;Ada&lt;/b&gt;")).andExpect(content().string(not(containsString("<b>"))));
    }

    @Test
    void faultsAreHiddenWithoutTheDemoProfile() throws Exception {
        page("/", not(containsString("faults")));
        mvc.perform(post("/faults/break").param("down", "true")).andExpect(status().isNotFound());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?page=-1", "/?page=x", "/?billsPage=-1"})
    void invalidPageNumbersAreRefused(String uri) throws Exception {
        mvc.perform(get(uri)).andExpect(status().isBadRequest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-13", "Nov", ""})
    void malformedMonthIsRefused(String month) throws Exception {
        mvc.perform(post("/bills").param("month", month)).andExpect(status().isBadRequest());
    }

    @Test
    void pageOfAnotherSiteCannotIssueABill() throws Exception {
        mvc.perform(post("/bills").param("month", "2026-11").header("Sec-Fetch-Site", "cross-site"))
                .andExpect(status().isForbidden());
        page("/", containsString("No bill has been issued."));
    }

    private ResultActions page(String uri, Matcher<String> content) throws Exception {
        return mvc.perform(get(uri))
                .andExpect(status().isOk())
                .andExpect(content().string(content));
    }
}
