package io.triggerquery.producer.simulation;

/** A violation of a promise. */
final class Violation extends AssertionError {

    private static final long serialVersionUID = 1;

    Violation(String message) {
        super(message);
    }
}
