package io.triggerquery.testoutput;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Adds what a failing test has written to its exception, since the build redirects the output of all tests to files.
 *
 * <p>JUnit finds it by itself in every module that has this one on its test class path.
 */
public final class OutputOfFailure
        implements BeforeAllCallback,
                BeforeEachCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {

    private static final int CAPACITY = 32 * 1024;
    private static final RecentOutput OUTPUT = new RecentOutput(CAPACITY);
    private static final AtomicBoolean INSTALLED = new AtomicBoolean();

    @Override
    public void beforeAll(ExtensionContext context) {
        // not earlier: the build puts its own streams there just before the first test
        if (INSTALLED.compareAndSet(false, true)) {
            System.setOut(OUTPUT.copying(System.out));
            System.setErr(OUTPUT.copying(System.err));
        }
        OUTPUT.clear();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        OUTPUT.clear();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withOutput(failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withOutput(failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withOutput(failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withOutput(failure);
    }

    @Override
    public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withOutput(failure);
    }

    private static Throwable withOutput(Throwable failure) {
        String output = OUTPUT.text();
        if (!(failure instanceof TestAbortedException) && !output.isBlank()) {
            failure.addSuppressed(new Output(output));
        }
        return failure;
    }

    /** Looks like an exception, which is what every reader of test results shows. */
    private static final class Output extends Exception {

        private static final long serialVersionUID = 1;

        Output(String output) {
            super("this is no exception but the output of the test:\n" + output, null, false, false);
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
