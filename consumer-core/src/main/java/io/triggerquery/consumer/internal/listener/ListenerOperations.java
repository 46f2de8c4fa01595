package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.reading.ReadFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The operations of a listener in this process.
 *
 * <p>An operation says in one sentence what it has done.
 *
 * <p>Threads: any. Failure: an operation that cannot be done throws {@link ListenerOperationException}, which says why.
 */
public interface ListenerOperations {

    /** The listener's id. */
    String id();

    /**
     * What it is at. Looks at every pending id, and asks the broker how far the group is: for people, not for loops.
     *
     * @param maxStuck how many failing ids to name
     * @return completes within a few seconds, whatever the broker does
     */
    CompletableFuture<ListenerReport> report(int maxStuck);

    /** What its engine is at, without failing ids; cheap. */
    EngineStatus status();

    /** Whether its container has stopped by itself, for an error that it cannot get over. */
    boolean hasGivenUp();

    /** Why its container cannot read, if that is so. */
    Optional<ReadFailure> readTrouble();

    /** Whether its container polls, or should. */
    boolean isReading();

    /** How long ago its group's coordinator has answered last, or empty if it never has. */
    Optional<Duration> lastHeartbeat();

    /** Stops reading. What has been read is finished. */
    String pause();

    /** Reads on. */
    String resume();

    /** Tries an id now that waits for a later try. */
    String retry(String id);

    /** Looks at an id as if its trigger had just come. Whether this process has its partition does not matter. */
    String trigger(String id);

    /**
     * Forgets which versions of an id were applied and are asked for: the next answer settles what waits here, whatever
     * version it has, and the next trigger is queried.
     */
    String forget(String id);

    /** Lets absences be projected that are held because there were too many in a row. */
    String confirmAbsences();

    /** Compares the projection with the source, and looks at what differs. */
    String resync();

    /** Looks at all that the source lists, without comparing. */
    String resyncAll();

    /** Sends the triggers in the dead-letter topic again. */
    String replay();

    /** Has the triggers tried again that wait in a retry topic which the listener does not read any more. */
    String drain(String retryTopic);
}
