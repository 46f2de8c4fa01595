package io.triggerquery.demo.payment;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

@PaymentTest
class AdminControllerIT {

    @Autowired
    MockMvc mvc;

    @Autowired
    Payments payments;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void empty() {
        jdbc.sql("truncate payment, payment_billing").update();
    }

    @Test
    void escapesPayer() throws Exception {
        payments.create(new NewPayment("<script>alert(1)</script>", BigDecimal.ONE, "EUR"));

        mvc.perform(get("/").param("payer", "\"><script>"))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("<script>"))))
                .andExpect(content().string(containsString("value=\"&quot;&gt;&lt;script&gt;\"")));
        mvc.perform(get("/"))
                .andExpect(content().string(not(containsString("<script>"))))
                .andExpect(content().string(containsString("&lt;script&gt;alert(1)&lt;/script&gt;")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?from=yesterday", "/?page=-1", "/?size=501", "/?billed=perhaps"})
    void invalidFiltersAreExplainedOnPage(String uri) throws Exception {
        mvc.perform(get(uri))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentTypeCompatibleWith(MediaType.TEXT_HTML))
                .andExpect(content().string(containsString(uri.substring(2, uri.indexOf('=')) + " must be")));
    }

    @Test
    void samplesAreCreatedOnceThenRedirected() throws Exception {
        mvc.perform(post("/samples").param("count", "3"))
                .andExpect(status().is3xxRedirection())
                .andExpect(redirectedUrl("/?made=3"));
        mvc.perform(post("/samples").param("count", "0"))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(containsString("count must be")));
        mvc.perform(post("/samples").param("count", "x"))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(containsString("count must be a whole number")));
    }

    @Test
    void onlyPaymentsAreAwaited() throws Exception {
        String id =
                payments.create(new NewPayment("Ada", BigDecimal.ONE, "EUR")).id();

        // the listener of this test is not started, so nothing is projected
        mvc.perform(post("/fresh").param("id", id)).andExpect(redirectedUrl("/?late=" + id));
        mvc.perform(get("/").param("late", id))
                .andExpect(content().string(containsString("did not get what billing has now")));
        mvc.perform(post("/fresh").param("id", "pay-none")).andExpect(status().isNotFound());
        mvc.perform(post("/fresh").param("id", "a\0")).andExpect(status().isBadRequest());
        mvc.perform(post("/fresh")).andExpect(status().isBadRequest());
    }
}
