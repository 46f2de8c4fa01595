package io.triggerquery.ctl.source;

import java.io.Serial;

/** Thrown when a source cannot be used. The message is one line with the reason and what to do. */
public final class SourceException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
