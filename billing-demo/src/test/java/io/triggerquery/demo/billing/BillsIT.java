package io.triggerquery.demo.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@BillingTest
class BillsIT {

    @Autowired
    MockMvc mvc;

    @Autowired
    PaymentProjection projection;

    @Autowired
    BillingController billings;

    @Autowired
    Bills bills;

    @Autowired
    RecordedTriggers triggers;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void empty() {
        jdbc.sql("truncate billing, bill").update();
    }

    @Test
    void billingVoidingAndBillingAgainIncreaseTheVersion() throws Exception {
        payments(3);

        issue("{\"month\":\"2026-11\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.count").value(3))
                .andExpect(jsonPath("$.billId").value(containsString("2026-11")));
        Billing billed = billings.one("pay-0");
        assertThat(billed.billed()).isTrue();
        assertThat(billed.billedAt()).isNotNull();
        assertThat(billed.version()).isEqualTo(2);
        assertThat(triggers.drain())
                .containsExactlyInAnyOrder("billing-changed pay-0", "billing-changed pay-1", "billing-changed pay-2");

        voidBill(String.valueOf(billed.billId()))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.billId").value(billed.billId()))
                .andExpect(jsonPath("$.count").value(3));
        Billing unbilled = billings.one("pay-0");
        assertThat(unbilled).isEqualTo(new Billing("pay-0", false, null, null, new BigDecimal("10.00"), "EUR", 3));
        assertThat(triggers.drain()).hasSize(3);

        issue("{\"month\":\"2026-12\"}").andExpect(jsonPath("$.count").value(3));
        assertThat(billings.one("pay-0").version()).isEqualTo(4);
        assertThat(billings.one("pay-0").billId()).isNotEqualTo(billed.billId());
    }

    @Test
    void noBillIsIssuedWithoutUnbilledPayments() throws Exception {
        issue("{\"month\":\"2026-11\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.billId").value(nullValue()))
                .andExpect(jsonPath("$.count").value(0));
        assertThat(jdbc.sql("select count(*) from bill").query(Long.class).single())
                .isZero();
    }

    @Test
    void secondVoidHasNoEffect() throws Exception {
        payments(1);
        String billId = String.valueOf(bills.issue("2026-11").billId());
        voidBill(billId).andExpect(jsonPath("$.count").value(1));
        bills.issue("2026-12");
        triggers.drain();

        voidBill(billId)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.count").value(0));

        assertThat(billings.one("pay-0").billed()).isTrue();
        assertThat(triggers.drain()).isEmpty();
    }

    @Test
    void unknownBillIsNotFound() throws Exception {
        voidBill("bill-none")
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.detail").value("unknown bill bill-none"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"month\":\"2026-13\"}",
                "{\"month\":\"Nov\"}",
                "{\"month\":\"2026-11-01\"}",
                "{\"month\":null}",
                "{}"
            })
    void malformedMonthIsRefusedWithReason(String body) throws Exception {
        issue(body)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(containsString("month ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"month\":", "\"2026-11\""})
    void malformedBodyIsBadRequest(String body) throws Exception {
        issue(body).andExpect(status().isBadRequest());
    }

    @Test
    void concurrentBillsBillEachPaymentOnce() {
        payments(500);

        List<CompletableFuture<Bills.Issued>> issued = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> bills.issue("2026-11")))
                .toList();

        Stream<Bills.Issued> answers = issued.stream().map(CompletableFuture::join);
        assertThat(answers.mapToInt(Bills.Issued::count).sum()).isEqualTo(500);
        assertThat(triggers.drain()).hasSize(500).doesNotHaveDuplicates();
        assertThat(jdbc.sql("select count(*) from billing where version = 2 and billed")
                        .query(Long.class)
                        .single())
                .isEqualTo(500);
    }

    private void payments(int count) {
        for (int i = 0; i < count; i++) {
            projection.project(new Payment("pay-" + i, "Ada", BigDecimal.TEN, "EUR", 1));
        }
        triggers.drain();
    }

    private ResultActions issue(String body) throws Exception {
        return mvc.perform(
                post("/api/bills").contentType(MediaType.APPLICATION_JSON).content(body));
    }

    private ResultActions voidBill(String billId) throws Exception {
        return mvc.perform(post("/api/bills/{billId}/void", billId));
    }
}
