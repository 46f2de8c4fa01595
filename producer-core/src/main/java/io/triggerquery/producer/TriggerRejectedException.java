package io.triggerquery.producer;

/** Thrown when a trigger is not accepted, so that the transaction that published it rolls back. */
public final class TriggerRejectedException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message what was rejected and what to change, without unchecked input
     */
    public TriggerRejectedException(String message) {
        super(message);
    }

    static Receipt.Accepted requireAccepted(Receipt receipt) {
        if (receipt instanceof Receipt.Rejected rejected) {
            throw new TriggerRejectedException("The trigger is rejected: " + rejected.reason());
        }
        return (Receipt.Accepted) receipt;
    }
}
