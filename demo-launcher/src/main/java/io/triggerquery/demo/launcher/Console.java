package io.triggerquery.demo.launcher;

/** Lines on standard output, each with the seconds since the launcher started. */
final class Console {

    private final long start = System.nanoTime();

    void say(Object who, String what) {
        System.out.printf("%6.1f s  %-8s  %s%n", (System.nanoTime() - start) / 1e9, who, what);
    }
}
