package io.triggerquery.producer.internal.sending;

/**
 * The application that owns triggers. Applications that share a table or a directory tell their entries apart by it.
 *
 * @param name as operators know it, the same in all instances; empty if the application has none
 */
public record Application(String name) {

    /** One without a name, whose entries every application may take. */
    public static final Application UNNAMED = new Application("");

    /** Whether it has no name. */
    public boolean isUnnamed() {
        return name.isEmpty();
    }
}
