package io.triggerquery.consumer.internal.engine;

/**
 * A fault to put into the engine.
 *
 * @param fault what is wrong then
 * @param type the class that it is put into
 * @param text the text to replace in its source
 * @param replacement by what
 */
record Mutant(String fault, Class<?> type, String text, String replacement) {

    @Override
    public String toString() {
        return fault;
    }
}
