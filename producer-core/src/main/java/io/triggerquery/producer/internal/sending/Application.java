package io.triggerquery.producer.internal.sending;

/**
 * The application that owns triggers. Applications that share a table or a directory identify their entries by it.
 *
 * @param name the name of the application, the same in all instances; empty if it has none
 */
public record Application(String name) {

    /** An application without a name, whose entries every application may take. */
    public static final Application UNNAMED = new Application("");

    /** Returns whether the application has no name. */
    public boolean isUnnamed() {
        return name.isEmpty();
    }
}
