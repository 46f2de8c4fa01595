package io.triggerquery.consumer.internal.query;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown when a call by the application's own client did not end before its deadline. */
final class CallDeadlineException extends RuntimeException {

    CallDeadlineException(String sourceName, Duration deadline, @Nullable Throwable cause) {
        super(
                "A call of the source " + sourceName + " did not end within " + deadline.toMillis()
                        + " ms. Set connect and read timeouts in its client.",
                cause);
    }
}
