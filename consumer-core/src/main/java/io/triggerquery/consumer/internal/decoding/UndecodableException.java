package io.triggerquery.consumer.internal.decoding;

/**
 * The reason why a ready-made decoder finds no id or version in a record; it contains nothing of the record's values.
 */
final class UndecodableException extends RuntimeException {

    UndecodableException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
