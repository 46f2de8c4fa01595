package io.triggerquery.testbed.process;

/** Waiting between two looks at something that can only be looked at. */
public final class Pause {

    private Pause() {}

    /** Waits; an interrupt ends the command, as nothing here can be done half. */
    public static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentProblem("Interrupted.", e);
        }
    }
}
