package io.triggerquery.documentation.example.consumer;

import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerQueryListener;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Tuple;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.annotation.Transactional;

class JpaProjection {

    @PersistenceContext
    private EntityManager entities;

    @Transactional
    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    public void project(Snapshot<Billing> snapshot) {
        BillingRow row = entities.find(BillingRow.class, snapshot.id());
        if (row == null) {
            row = new BillingRow(snapshot.id());
            entities.persist(row);
        }
        if (!(snapshot instanceof Snapshot.Found<Billing> found)) {
            row.delete();
        } else if (row.isNotNewerThan(found.state().version())) {
            row.apply(found.state());
        }
    }

    @Bean
    ProjectedVersions projectedVersions() {
        return ProjectedVersions.of(
                "billing.billing-changed",
                ids -> entities
                        .createQuery(
                                "select paymentId, sourceVersion from BillingRow where paymentId in :ids", Tuple.class)
                        .setParameter("ids", ids)
                        .getResultList()
                        .stream()
                        .collect(Collectors.toMap(row -> row.get(0, String.class), row -> row.get(1, Long.class))));
    }
}
