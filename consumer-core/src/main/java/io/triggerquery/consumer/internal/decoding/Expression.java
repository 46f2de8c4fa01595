package io.triggerquery.consumer.internal.decoding;

/**
 * An expression that names a place in records, or a bean that decodes them.
 *
 * @param text the expression; blank for the default
 * @param name names the attribute or the setting in messages, for example "idFrom of the trigger listener
 *     Orders.project"
 */
public record Expression(String text, String name) {

    public Expression {
        text = text.strip();
    }

    /** Returns whether nothing is named. */
    public boolean isBlank() {
        return text.isBlank();
    }
}
