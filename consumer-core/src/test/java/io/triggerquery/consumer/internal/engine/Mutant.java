package io.triggerquery.consumer.internal.engine;

/**
 * A fault to put into the engine.
 *
 * @param fault what the faulty engine does
 * @param type the class that contains the fault
 * @param text the text to replace in its source
 * @param replacement the text that replaces it
 * @param seed the first schedule to run; a schedule that is known to catch the fault saves time
 */
record Mutant(String fault, Class<?> type, String text, String replacement, long seed) {

    Mutant(String fault, Class<?> type, String text, String replacement) {
        this(fault, type, text, replacement, 1);
    }

    Mutant caughtBy(long seed) {
        return new Mutant(fault, type, text, replacement, seed);
    }

    @Override
    public String toString() {
        return fault;
    }
}
