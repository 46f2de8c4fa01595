package io.triggerquery.testbed.process;

/** Something around the demo is not as it must be. The message is a whole sentence for the user; the exit code is 2. */
public final class EnvironmentProblem extends RuntimeException {

    public EnvironmentProblem(String sentence) {
        super(sentence);
    }

    public EnvironmentProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
