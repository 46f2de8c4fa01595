package io.triggerquery.consumer.test.guarantees;

/**
 * One test of the suite.
 *
 * @param name the guarantee and the tested aspect
 * @param applies whether the test applies to this listener
 * @param test throws if the listener breaks it
 */
record Guarantee(String name, boolean applies, Test test) {

    /** The code of a test. */
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
