package io.triggerquery.producer.internal.actuate;

/** Thrown when an operation is not possible; the message says what would be. */
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

    /** Whether what is named does not exist, rather than cannot exist. */
    boolean isUnknown() {
        return unknown;
    }
}
