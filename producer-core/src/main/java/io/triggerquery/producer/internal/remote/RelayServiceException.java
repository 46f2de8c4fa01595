package io.triggerquery.producer.internal.remote;

/** The relay service answered with a status that is not a success. */
final class RelayServiceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String body;

    RelayServiceException(int status, String body) {
        super("it answered with status " + status);
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    /** Returns the beginning of the answer's body. */
    String body() {
        return body;
    }
}
