package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;

/** A failed call for several ids, and the id that caused the failure, or null if none did. */
final class SimulatedFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final FailureKind kind;
    private final int ids;
    private final String culprit;

    SimulatedFailure(FailureKind kind, int ids, String culprit) {
        super(kind + " for " + ids + (culprit == null ? "" : " because of " + culprit), null, false, false);
        this.kind = kind;
        this.ids = ids;
        this.culprit = culprit;
    }

    static FailureKind kindOf(Throwable failure) {
        return failure instanceof SimulatedFailure simulated ? simulated.kind : FailureKind.RETRYABLE;
    }

    /** Returns whether it may count as a failure of this id. */
    boolean isOf(String id) {
        return culprit == null ? ids == 1 : culprit.equals(id);
    }

    boolean hasCulprit() {
        return culprit != null;
    }
}
