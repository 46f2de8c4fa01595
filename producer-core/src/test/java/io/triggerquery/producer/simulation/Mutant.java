package io.triggerquery.producer.simulation;

/**
 * A fault that a test inserts into the source of the producer.
 *
 * @param fault a description of the fault
 * @param type the name of the changed class, below the package of the module
 * @param text the text in the source that is replaced
 * @param replacement the new text
 */
record Mutant(String fault, String type, String text, String replacement) {

    @Override
    public String toString() {
        return fault;
    }
}
