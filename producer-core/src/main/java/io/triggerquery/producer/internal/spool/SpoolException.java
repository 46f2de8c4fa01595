package io.triggerquery.producer.internal.spool;

import java.io.Serial;

/**
 * Thrown when the spool cannot be opened or does not accept triggers; the message contains the reason and what to
 * change.
 */
public final class SpoolException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    SpoolException(String message) {
        super(message);
    }

    SpoolException(String message, Throwable cause) {
        super(message, cause);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
