package io.triggerquery.consumer.test.guarantees;

/**
 * One test of the suite.
 *
 * @param name which guarantee, and what of it
 * @param concerns whether it concerns this listener
 * @param test throws if the listener breaks it
 */
record Guarantee(String name, boolean concerns, Test test) {

    /** What is tried. */
    interface Test {
        void run() throws Exception;
    }

    static Guarantee of(String name, Test test) {
        return new Guarantee(name, true, test);
    }

    Guarantee when(boolean condition) {
        return new Guarantee(name, condition, test);
    }
}
