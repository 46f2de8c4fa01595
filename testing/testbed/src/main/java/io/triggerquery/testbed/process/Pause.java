package io.triggerquery.testbed.process;

/** Waits between two polls. */
public final class Pause {

    private Pause() {}

    /** Waits. An interrupt ends the command. */
    public static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentProblem("Interrupted.", e);
        }
    }
}
