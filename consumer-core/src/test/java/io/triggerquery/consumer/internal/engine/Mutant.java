package io.triggerquery.consumer.internal.engine;

/**
 * A fault to put into the engine.
 *
 * @param fault what is wrong then
 * @param type the class that it is put into
 * @param text the text to replace in its source
 * @param replacement by what
 * @param seed the first schedule to try. One that is known to catch the fault saves the time of those before it
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
