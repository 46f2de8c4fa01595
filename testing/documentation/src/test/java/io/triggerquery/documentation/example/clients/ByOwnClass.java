package io.triggerquery.documentation.example.clients;

import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** A class of the application is the client. */
class ByOwnClass {

    @Component
    @Source(
            value = "billing",
            method = {"find", "findAll"},
            version = "version",
            absence = Absence.NOT_FOUND)
    static class BillingRepository {

        private final BillingStore store;

        BillingRepository(BillingStore store) {
            this.store = store;
        }

        public Optional<Billing> find(String paymentId) {
            return store.read(paymentId);
        }

        public Map<String, Billing> findAll(List<String> paymentIds) {
            return store.read(paymentIds).collect(Collectors.toMap(Billing::paymentId, Function.identity()));
        }

        public Billing latestOf(String customer) {
            throw new UnsupportedOperationException(customer);
        }
    }

    private final LocalCopy copy;

    ByOwnClass(LocalCopy copy) {
        this.copy = copy;
    }

    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingRepository.class)
    void project(Snapshot<Billing> billing) {
        if (billing instanceof Snapshot.Found<Billing> found) {
            copy.store(found.state());
        } else {
            copy.delete(billing.id());
        }
    }
}
