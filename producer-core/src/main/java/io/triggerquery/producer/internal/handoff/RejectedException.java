package io.triggerquery.producer.internal.handoff;

import io.triggerquery.producer.Receipt;

/** Thrown when a buffer does not accept triggers after a transaction, where no caller waits for a receipt. */
final class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RejectedException(String reason) {
        super(reason);
    }

    static void throwIf(Receipt receipt) {
        if (receipt instanceof Receipt.Rejected rejected) {
            throw new RejectedException(rejected.reason());
        }
    }
}
