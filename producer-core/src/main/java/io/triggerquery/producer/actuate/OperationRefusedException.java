package io.triggerquery.producer.actuate;

/** Something that an operator asks for makes no sense; the message says what would. */
public final class OperationRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean unknown;

    private OperationRefusedException(boolean unknown, String message) {
        super(message);
        this.unknown = unknown;
    }

    static OperationRefusedException unknown(String message) {
        return new OperationRefusedException(true, message);
    }

    static OperationRefusedException invalid(String message) {
        return new OperationRefusedException(false, message);
    }

    /** Whether what is named does not exist, rather than cannot exist. */
    boolean isUnknown() {
        return unknown;
    }
}
