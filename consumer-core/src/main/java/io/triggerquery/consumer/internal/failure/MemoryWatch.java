package io.triggerquery.consumer.internal.failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers that this process has run out of memory. From then on its state is unknown: any thread may have ended
 * halfway through what it did.
 *
 * <p>Threads: any. Failure: none, also without memory for a log line.
 */
public final class MemoryWatch {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final int MAX_DEPTH = 10;

    private volatile boolean ranOut;

    /** Looks whether a failure has to do with memory. Says so once, with what heals it. */
    public void look(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH && !ranOut; depth++) {
            if (cause instanceof OutOfMemoryError error) {
                ranOut = true;
                tell(error);
            }
            cause = cause.getCause();
        }
    }

    private static void tell(OutOfMemoryError error) {
        try {
            log.error(
                    "This process has run out of memory ({}). Restart it: any of its threads may have ended. Health is DOWN"
                            + " until then. To have it end at once, run it with -XX:+ExitOnOutOfMemoryError",
                    OneLine.of(error));
        } catch (Throwable noMemoryForIt) {
            // health says it
        }
    }

    /** Whether an {@link OutOfMemoryError} was seen since the start. */
    public boolean ranOut() {
        return ranOut;
    }
}
