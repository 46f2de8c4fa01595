package io.triggerquery.documentation.example.migration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The local copy; it remembers each write. */
final class BillingTable {

    final List<Billing> writes = Collections.synchronizedList(new ArrayList<>());

    void store(Billing billing) {
        writes.add(billing);
    }

    long writesOf(String paymentId) {
        return List.copyOf(writes).stream()
                .filter(billing -> billing.paymentId().equals(paymentId))
                .count();
    }
}
