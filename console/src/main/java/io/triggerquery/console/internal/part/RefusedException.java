package io.triggerquery.console.internal.part;

/** Thrown when a request is not answered. The message tells the user why. */
public final class RefusedException extends RuntimeException {

    /** The status of a request that makes no sense. */
    public static final int INVALID = 400;
    /** The status of a request for what does not exist. */
    public static final int UNKNOWN = 404;
    /** The status of a request that cannot be executed now. */
    public static final int UNAVAILABLE = 409;

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * Creates an exception.
     *
     * @param status the status of HTTP
     */
    public RefusedException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
