package io.triggerquery.documentation.example.clients;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the application has for reading billings. */
record BillingStore(Map<String, Billing> billings) {

    Optional<Billing> read(String paymentId) {
        return Optional.ofNullable(billings.get(paymentId));
    }

    Stream<Billing> read(List<String> paymentIds) {
        return paymentIds.stream().filter(billings::containsKey).map(billings::get);
    }
}
