package com.example.payments;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What the service keeps of a payment's billing. */
@Entity
class Billing {

    @Id
    private String paymentId;

    private String billId;

    // that of the source, not of this row
    private long version;

    protected Billing() {}

    Billing(String paymentId) {
        this.paymentId = paymentId;
        this.version = -1;
    }

    void apply(BillingState state) {
        if (state.version() > version) {
            billId = state.billId();
            version = state.version();
        }
    }

    String billId() {
        return billId;
    }
}
