package io.triggerquery.demo.payment;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.triggerquery.consumer.projection.TableProjection;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@PaymentTest
class PaymentSearchIT {

    @Autowired
    MockMvc mvc;

    @Autowired
    TableProjection<Billing> projection;

    @Autowired
    JdbcClient jdbc;

    /** In the order of the result, newest first: d, c, b, a. */
    @BeforeEach
    void fourPayments() {
        jdbc.sql("truncate payment, payment_billing").update();
        payment("a", "Ada Lovelace", "2026-11-01T00:00:00Z");
        payment("b", "Bob", "2026-11-01T23:59:59.999999Z");
        payment("c", "ada", "2026-11-02T00:00:00Z");
        payment("d", "50% _Dan_", "2026-11-03T12:00:00Z");
        RecordedBillings.project(
                projection, List.of(new Billing("a", true, "bill-1", Instant.EPOCH, BigDecimal.TEN, "EUR", 2)));
        RecordedBillings.project(projection, List.of(new Billing("b", false, null, null, BigDecimal.TEN, "EUR", 1)));
        // billing may have a payment that this database has lost; it has no row
        RecordedBillings.project(
                projection, List.of(new Billing("z", true, "bill-1", Instant.EPOCH, BigDecimal.TEN, "EUR", 2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                   | d c b a",
                "?billed=&payer=&from=&to=            | d c b a",
                "?billed=true                         | a",
                "?billed=false                        | d c b",
                "?payer=ADA                           | c a",
                "?payer=%25                             | d",
                "?payer=_Dan                          | d",
                "?payer=%27                           | ''",
                "?from=2026-11-02                     | d c",
                "?to=2026-11-01                       | b a",
                "?from=2026-11-02&to=2026-11-02       | c",
                "?from=2026-11-03&to=2026-11-01       | ''",
                "?from=-999999999-01-01&to=%2B999999999-12-31 | d c b a",
                "?billed=false&payer=ada&to=2026-11-02 | c",
            })
    void filtersCombine(String query, String ids) throws Exception {
        List<String> expected = ids.isEmpty() ? List.of() : List.of(ids.split(" "));
        search(query)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(expected.size()))
                .andExpect(jsonPath("$.content[*].id", is(expected)));
    }

    @Test
    void rowShowsAgeOfItsBilling() throws Exception {
        search("?billed=true")
                .andExpect(jsonPath("$.content[0].billed").value(true))
                .andExpect(jsonPath("$.content[0].billId").value("bill-1"))
                .andExpect(jsonPath("$.content[0].billedAt").value("1970-01-01T00:00:00Z"))
                .andExpect(jsonPath("$.content[0].billingVersion").value(2))
                .andExpect(jsonPath("$.content[0].appliedAt").value(matchesPattern("20.*Z")))
                .andExpect(jsonPath("$.content[0].payer").value("Ada Lovelace"))
                .andExpect(jsonPath("$.content[0].version").value(1));
    }

    @Test
    void paymentWithoutBillingIsNotBilled() throws Exception {
        search("?payer=Dan")
                .andExpect(jsonPath("$.content[0].billed").value(false))
                .andExpect(jsonPath("$.content[0].billingVersion").value(nullValue()))
                .andExpect(jsonPath("$.content[0].appliedAt").value(nullValue()));
    }

    @Test
    void returnsPagesWithTotal() throws Exception {
        search("?size=3&page=1")
                .andExpect(jsonPath("$.content[*].id", contains("a")))
                .andExpect(jsonPath("$.page").value(1))
                .andExpect(jsonPath("$.size").value(3))
                .andExpect(jsonPath("$.total").value(4));
        search("")
                .andExpect(jsonPath("$.page").value(0))
                .andExpect(jsonPath("$.size").value(50));
        search("?page=2147483647&size=500")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.content.length()").value(0))
                .andExpect(jsonPath("$.total").value(4));
    }

    @ParameterizedTest
    @CsvSource({
        "billed=perhaps, billed must be true or false",
        "from=01.11.2026, from must be a day",
        "to=2026-13-01, to must be a day",
        "page=-1, page must be",
        "page=x, page must be a whole number",
        "size=0, size must be",
        "size=501, size must be",
        "payer=a%00b, payer must be printable",
    })
    void badInputIsNamed(String query, String detail) throws Exception {
        search("?" + query)
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(startsWith(detail)));
    }

    private ResultActions search(String query) throws Exception {
        return mvc.perform(get(URI.create("/api/payments" + query)));
    }

    private void payment(String id, String payer, String createdAt) {
        jdbc.sql("insert into payment values (?, ?, 10, 'EUR', ?::timestamptz, 1)")
                .params(id, payer, createdAt)
                .update();
    }
}
