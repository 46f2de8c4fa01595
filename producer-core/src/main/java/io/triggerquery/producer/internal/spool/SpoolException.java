package io.triggerquery.producer.internal.spool;

import java.io.Serial;

/** The spool can't be opened, or does not take triggers; the message says why and what to change. */
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
