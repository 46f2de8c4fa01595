package io.triggerquery.testbed.process;

/**
 * Thrown when the environment of the demo is not as required. The message is a sentence for the user; the exit code is
 * 2.
 */
public final class EnvironmentProblem extends RuntimeException {

    public EnvironmentProblem(String sentence) {
        super(sentence);
    }

    public EnvironmentProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
