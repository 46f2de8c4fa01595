package io.triggerquery.ctl.source;

import java.io.Serial;

/** A source can't be used; the message is one line that says why and what to do. */
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
