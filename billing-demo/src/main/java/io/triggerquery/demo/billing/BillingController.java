package io.triggerquery.demo.billing;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Answers the queries of the payment service. */
@RestController
@RequestMapping("/api/billings")
final class BillingController {

    private static final String SELECT = """
            select payment_id, billed, bill_id, billed_at, amount, currency, version
              from billing
            """;

    private final JdbcClient jdbc;

    BillingController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/{paymentId}")
    Billing one(@PathVariable @Pattern(regexp = PRINTABLE, message = NOT_PRINTABLE) String paymentId) {
        return jdbc.sql(SELECT + "where payment_id = :id")
                .param("id", paymentId)
                .query(Billing.class)
                .optional()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "unknown payment " + paymentId));
    }

    @GetMapping
    List<Billing> several(
            @RequestParam @Size(max = 500, message = "must name at most 500 ids")
                    List<@Pattern(regexp = PRINTABLE, message = NOT_PRINTABLE) String> ids) {
        return jdbc.sql(SELECT + "where payment_id = any(:ids) order by payment_id")
                .param("ids", ids.toArray(String[]::new))
                .query(Billing.class)
                .list();
    }

    // PostgreSQL stores no NUL in a text, and no id contains a control character
    private static final String PRINTABLE = "[^\\p{Cntrl}]{1,255}";
    private static final String NOT_PRINTABLE = "must be 1 to 255 printable characters";
}
