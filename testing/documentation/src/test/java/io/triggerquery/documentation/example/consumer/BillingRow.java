package io.triggerquery.documentation.example.consumer;

import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;

@Entity
@Table(name = "billing_row")
class BillingRow {

    @Id
    private String paymentId;

    @Column(length = 20)
    private String billId;

    private boolean deleted;

    private long sourceVersion; // the source's: compared, and never counted by JPA

    @Version
    private long writes; // JPA's: detects two instances that write the row at once

    @ElementCollection(fetch = FetchType.LAZY)
    private List<String> history = new ArrayList<>();

    protected BillingRow() {}

    BillingRow(String paymentId) {
        this.paymentId = paymentId;
        this.sourceVersion = -1;
    }

    void apply(Billing billing) {
        billId = billing.billId();
        deleted = false;
        sourceVersion = billing.version();
        history.add(billing.billId());
    }

    void delete() {
        billId = null;
        deleted = true;
    }

    boolean isNotNewerThan(long version) {
        return sourceVersion < version || sourceVersion == version && !deleted;
    }

    String billId() {
        return billId;
    }

    List<String> history() {
        return history;
    }
}
