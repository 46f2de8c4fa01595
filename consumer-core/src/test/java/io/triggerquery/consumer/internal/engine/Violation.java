package io.triggerquery.consumer.internal.engine;

/** Reports a guarantee that does not hold. */
final class Violation extends AssertionError {

    private static final long serialVersionUID = 1;

    private Violation(String message) {
        super(message);
    }

    static void unless(boolean holds, String guarantee, Object... details) {
        if (!holds) {
            var message = new StringBuilder(guarantee);
            for (Object detail : details) {
                message.append(' ').append(detail);
            }
            throw new Violation(message.toString());
        }
    }
}
