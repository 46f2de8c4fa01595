package io.triggerquery.producer.internal.actuate;

/** Something that an operator asks for makes no sense; the message says what would. */
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
