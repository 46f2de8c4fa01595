package io.triggerquery.demo.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@PaymentTest
class PaymentControllerIT {

    @Autowired
    MockMvc mvc;

    @Autowired
    Payments payments;

    @Autowired
    RecordedTriggers triggers;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void empty() {
        jdbc.sql("truncate payment, payment_billing").update();
        triggers.drain();
    }

    @Test
    void createsPaymentAndTriggers() throws Exception {
        String location = make("{\"payer\":\"Ada\",\"amount\":12.5,\"currency\":\"eur\"}")
                .andExpect(status().isCreated())
                .andExpect(header().string("Location", startsWith("/api/payments/pay-")))
                .andExpect(jsonPath("$.id").value(matchesPattern("pay-[0-9A-V]{26}")))
                .andReturn()
                .getResponse()
                .getHeader("Location");

        mvc.perform(get(String.valueOf(location)))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.payer").value("Ada"))
                .andExpect(jsonPath("$.amount").value(12.50))
                .andExpect(jsonPath("$.currency").value("EUR"))
                .andExpect(jsonPath("$.createdAt").value(matchesPattern("20.*Z")))
                .andExpect(jsonPath("$.version").value(1));
        assertThat(triggers.drain())
                .containsExactly("payment-changed " + String.valueOf(location).substring("/api/payments/".length()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'payer':' ','amount':1,'currency':'EUR'} | payer",
                "{'amount':1,'currency':'EUR'} | payer",
                "{'payer':'a\\u0000b','amount':1,'currency':'EUR'} | payer",
                "{'payer':'a\\ud800b','amount':1,'currency':'EUR'} | payer",
                "{'payer':'Ada','amount':0,'currency':'EUR'} | amount",
                "{'payer':'Ada','amount':-1,'currency':'EUR'} | amount",
                "{'payer':'Ada','amount':1.001,'currency':'EUR'} | amount",
                "{'payer':'Ada','amount':1e18,'currency':'EUR'} | amount",
                "{'payer':'Ada','currency':'EUR'} | amount",
                "{'payer':'Ada','amount':1,'currency':'EURO'} | currency",
                "{'payer':'Ada','amount':1} | currency",
            })
    void badInputIsNamed(String body, String name) throws Exception {
        make(body.replace('\'', '"'))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.detail").value(startsWith(name + " ")));
        assertThat(triggers.drain()).isEmpty();
    }

    @Test
    void payerIsLimitedTo200Characters() throws Exception {
        String body = "{\"payer\":\"%s\",\"amount\":1,\"currency\":\"EUR\"}";
        make(body.formatted("x".repeat(200))).andExpect(status().isCreated());
        make(body.formatted("x".repeat(201))).andExpect(status().isBadRequest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"payer\":\"Ada\",\"amount\":\"much\",\"currency\":\"EUR\"}"})
    void malformedBodyIsABadRequest(String body) throws Exception {
        make(body).andExpect(status().isBadRequest());
    }

    @Test
    void unknownPaymentIsNotFound() throws Exception {
        mvc.perform(get("/api/payments/pay-none"))
                .andExpect(status().isNotFound())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.detail").value("unknown payment pay-none"));
    }

    @Test
    void createsSamplesInBatches() throws Exception {
        mvc.perform(post("/api/payments/sample").param("count", "1201"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.created").value(1201));

        assertThat(jdbc.sql("select count(distinct id) from payment")
                        .query(Long.class)
                        .single())
                .isEqualTo(1201);
        assertThat(jdbc.sql("select count(distinct created_at) from payment")
                        .query(Long.class)
                        .single())
                .as("transactions")
                .isEqualTo(3);
        assertThat(triggers.drain()).hasSize(1201).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10001", "many", ""})
    void invalidSampleCountIsNamed(String count) throws Exception {
        mvc.perform(post("/api/payments/sample").param("count", count))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(containsString("count ")));
    }

    @Test
    void rejectedTriggerRollsPaymentBack() {
        triggers.reject(true);
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> payments.create(new NewPayment("Ada", BigDecimal.ONE, "EUR")));
        } finally {
            triggers.reject(false);
        }
        assertThat(jdbc.sql("select count(*) from payment").query(Long.class).single())
                .isZero();
    }

    @Test
    void noFaultsWithoutDemoProfile() throws Exception {
        mvc.perform(post("/api/faults").contentType(MediaType.APPLICATION_JSON).content("{}"))
                .andExpect(status().isNotFound());
    }

    private ResultActions make(String body) throws Exception {
        return mvc.perform(
                post("/api/payments").contentType(MediaType.APPLICATION_JSON).content(body));
    }
}
