package io.triggerquery.producer.simulation;

/**
 * A fault to put into the producer.
 *
 * @param fault what is wrong then
 * @param type the name of the class that it is put into, below the module's package
 * @param text the text to replace in its source
 * @param replacement by what
 */
record Mutant(String fault, String type, String text, String replacement) {

    @Override
    public String toString() {
        return fault;
    }
}
