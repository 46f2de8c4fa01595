package io.triggerquery.producer.internal.actuate;

/** Thrown when an operation is not possible; the message names what is possible. */
public final class ProducerOperationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean unknown;

    private ProducerOperationException(boolean unknown, String message) {
        super(message);
        this.unknown = unknown;
    }

    static ProducerOperationException unknown(String message) {
        return new ProducerOperationException(true, message);
    }

    static ProducerOperationException invalid(String message) {
        return new ProducerOperationException(false, message);
    }

    /** Returns whether the named strategy, destination or id does not exist; else the request is invalid. */
    public boolean isUnknown() {
        return unknown;
    }
}
