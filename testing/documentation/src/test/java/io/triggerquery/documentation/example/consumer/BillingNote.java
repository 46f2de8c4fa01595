package io.triggerquery.documentation.example.consumer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An entity without any version. */
@Entity
class BillingNote {

    @Id
    private String paymentId;

    private String billId;

    protected BillingNote() {}

    BillingNote(String paymentId, String billId) {
        this.paymentId = paymentId;
        this.billId = billId;
    }

    String billId() {
        return billId;
    }
}
