package io.triggerquery.documentation.example.consumer;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.documentation.example.consumer.Documents.Document;
import io.triggerquery.documentation.example.consumer.Documents.StoreUnavailableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Bean;

class StoreProjection {

    private final Documents documents;

    StoreProjection(Documents documents) {
        this.documents = documents;
    }

    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    void project(Snapshot<Billing> snapshot) {
        if (snapshot instanceof Snapshot.Found<Billing> found) {
            Document newer = new Document(found.state().version(), found.state());
            documents.putIf(
                    snapshot.id(),
                    kept -> kept.version() < newer.version() || kept.version() == newer.version() && !kept.isDeleted(),
                    newer);
        } else {
            // a tombstone: it keeps the version, so that an older answer does not restore the id
            documents.update(snapshot.id(), new Document(-1, null), kept -> new Document(kept.version(), null));
        }
    }

    static class Beans {

        @Bean
        FailureRule storeFailures() {
            return failure -> failure instanceof StoreUnavailableException
                    ? Optional.of(FailureKind.UNAVAILABLE)
                    : Optional.empty();
        }

        @Bean
        ProjectedVersions storedVersions(Documents documents) {
            return ProjectedVersions.of("billing.billing-changed", ids -> {
                Map<String, Long> versions = new HashMap<>();
                ids.forEach(id -> documents.find(id).ifPresent(document -> versions.put(id, document.version())));
                return versions;
            });
        }
    }
}
