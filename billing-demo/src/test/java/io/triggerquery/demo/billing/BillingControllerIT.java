package io.triggerquery.demo.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

@BillingTest
class BillingControllerIT {

    @Autowired
    MockMvc mvc;

    @Autowired
    PaymentProjection projection;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @BeforeEach
    void twoPayments() {
        jdbc.sql("truncate billing, bill").update();
        projection.project(new Payment("pay-1", "Ada", new BigDecimal("12.50"), "EUR", 1));
        projection.project(new Payment("pay-2", "Bob", new BigDecimal("7.00"), "USD", 1));
    }

    @Test
    void returnsTheWholeState() throws Exception {
        mvc.perform(get("/api/billings/pay-1"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.paymentId").value("pay-1"))
                .andExpect(jsonPath("$.billed").value(false))
                .andExpect(jsonPath("$.billId").value(nullValue()))
                .andExpect(jsonPath("$.billedAt").value(nullValue()))
                .andExpect(jsonPath("$.amount").value(12.50))
                .andExpect(jsonPath("$.currency").value("EUR"))
                .andExpect(jsonPath("$.version").value(1));
    }

    @Test
    void unknownPaymentIsNotFound() throws Exception {
        mvc.perform(get("/api/billings/pay-9"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.detail").value("unknown payment pay-9"));
    }

    @Test
    void queryForSeveralIdsReturnsTheKnownOnes() throws Exception {
        mvc.perform(get("/api/billings").param("ids", "pay-2,pay-9,pay-1"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.length()").value(2))
                .andExpect(jsonPath("$[1].paymentId").value("pay-2"));
    }

    @Test
    void fiveHundredIdsFitIntoOneRealRequest() throws Exception {
        assertThat(statusOf(500)).isEqualTo(200);
        assertThat(statusOf(501)).isEqualTo(400);
    }

    @Test
    void invalidIdsAreRefusedWithReason() throws Exception {
        mvc.perform(get("/api/billings")).andExpect(status().isBadRequest());
        mvc.perform(get("/api/billings").param("ids", "pay\0-1"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(containsString("ids must be")));
        mvc.perform(get("/api/billings/{id}", "x".repeat(256)))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(containsString("paymentId must be")));
    }

    @Test
    void faultsAreNotAvailableWithoutTheDemoProfile() throws Exception {
        mvc.perform(post("/api/faults").contentType(MediaType.APPLICATION_JSON).content("{}"))
                .andExpect(status().isNotFound());
    }

    private int statusOf(int ids) throws Exception {
        String list = IntStream.range(0, ids)
                .mapToObj(i -> "pay-01JDZ0000000000000000%05d".formatted(i))
                .collect(Collectors.joining("%2C"));
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/billings?ids=" + list);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
