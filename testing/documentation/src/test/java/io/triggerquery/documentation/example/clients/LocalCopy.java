package io.triggerquery.documentation.example.clients;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a listener has projected: the state, or empty if the source does not have the id. */
final class LocalCopy {

    final Map<String, String> billings = new ConcurrentHashMap<>();

    void store(Billing billing) {
        billings.put(billing.paymentId(), "version " + billing.version());
    }

    void delete(String paymentId) {
        billings.put(paymentId, "deleted");
    }
}
