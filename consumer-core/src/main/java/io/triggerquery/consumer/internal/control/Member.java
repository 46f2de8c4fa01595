package io.triggerquery.consumer.internal.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A listener of this instance, as its group controls it.
 *
 * <p>Threads: any. None of these calls waits for anything remote.
 */
public interface Member {

    /** Returns the id of the listener. */
    String listener();

    /** Returns the current status. */
    ControlValue.Status status();

    /** Stops reading. */
    void pause();

    /** Reads again. */
    void resume();

    /** Queries an id no more for a time; its triggers are deferred. */
    void pauseId(String id, Duration remaining);

    /** Queries an id again. */
    void resumeId(String id);

    /**
     * Executes an operation, if this instance has what it concerns.
     *
     * @param id the id, the reason of failures, or the number of ids that it concerns, or null
     */
    ControlValue.Answer execute(Operation operation, @Nullable String id);
}
