package io.triggerquery.consumer.internal.failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records whether this process has run out of memory. From then on its state is unknown: any thread may have ended in
 * the middle of an operation.
 *
 * <p>Threads: any. Failure: none, even without memory for a log line.
 */
public final class MemoryWatch {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final int MAX_DEPTH = 10;

    private volatile boolean ranOut;

    /** Checks whether an {@link OutOfMemoryError} caused the failure. Logs the first one, with what to do. */
    public void record(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH && !ranOut; depth++) {
            if (cause instanceof OutOfMemoryError error) {
                ranOut = true;
                logOnce(error);
            }
            cause = cause.getCause();
        }
    }

    private static void logOnce(OutOfMemoryError error) {
        try {
            log.error(
                    "This process has run out of memory ({}). Restart it: any of its threads may have ended. Health"
                            + " is DOWN until then. To end the process immediately, run it with"
                            + " -XX:+ExitOnOutOfMemoryError.",
                    OneLine.of(error));
        } catch (Throwable notLogged) {
            // the health indicator reports it
        }
    }

    /** Returns whether an {@link OutOfMemoryError} was recorded since the start. */
    public boolean ranOut() {
        return ranOut;
    }
}
