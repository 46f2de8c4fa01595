package io.triggerquery.demo.payment;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Answers what payment knows of the billing of one payment; see {@link ConsistentReads}. */
@RestController
final class ProjectedBillings {

    private final JdbcClient jdbc;

    ProjectedBillings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The projected billing of a payment. */
    record ProjectedBilling(
            String paymentId, boolean billed, @Nullable String billId, long version) {}

    @GetMapping("/api/payments/{id}/billing")
    ProjectedBilling one(@PathVariable String id) {
        return jdbc.sql("select payment_id, billed, bill_id, version from payment_billing where payment_id = :id")
                .param("id", id)
                .query(ProjectedBilling.class)
                .optional()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no billing of " + id));
    }
}
