package io.triggerquery.consumer.internal.springcloud;

/** Thrown for a part of a client that is not known. The message names the part. */
final class UnknownPartException extends RuntimeException {

    UnknownPartException(String part) {
        super(part, null, false, false);
    }

    /** Fails unless a part is known. */
    static void unless(boolean known, String part) {
        if (!known) {
            throw new UnknownPartException(part);
        }
    }
}
