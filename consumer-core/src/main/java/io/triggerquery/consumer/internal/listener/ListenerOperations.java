package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.control.Fleet;
import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.letter.LetterOperations;
import io.triggerquery.consumer.internal.monitor.ConsistencyMonitor;
import io.triggerquery.consumer.internal.reading.ReadFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The operations of a listener in this process. Those of its group are {@link #fleet()}'s.
 *
 * <p>An operation returns its result as one sentence.
 *
 * <p>Threads: any. Failure: an operation that cannot be performed throws {@link ListenerOperationException} with the
 * reason.
 */
public interface ListenerOperations {

    /** Returns the id of the listener. */
    String id();

    /**
     * Returns a report of the listener. It examines every pending id and requests the group's offsets from the broker,
     * so it is meant for operators and not for frequent calls.
     *
     * @param maxStuck the maximum number of failing ids in the report
     * @return a future that completes within a few seconds, even if the broker does not answer
     */
    CompletableFuture<ListenerReport> report(int maxStuck);

    /**
     * Returns what is known of one id in this process and in the projection.
     *
     * @return within a few seconds, even if the projection does not answer
     */
    IdStory story(String id);

    /** Returns the ids that fail, wait for another answer, or whose round takes long, up to {@code limit}. */
    StuckReport stuck(int limit);

    /**
     * Queries the source for one id, without projecting the answer.
     *
     * @param showState whether the answer contains the state
     * @return within a few seconds, even if the source does not answer
     */
    SourceAnswer ask(String id, boolean showState);

    /** Returns the status of its engine without failing ids; inexpensive. */
    EngineStatus status();

    /** Returns whether its container was stopped by an unrecoverable error. */
    boolean hasStoppedByError();

    /** Returns why its container cannot read, or empty if it can. */
    Optional<ReadFailure> readFailure();

    /** Returns whether its container polls, or should poll. */
    boolean isReading();

    /** Returns the time since the group's coordinator last answered, or empty if it never has. */
    Optional<Duration> lastHeartbeat();

    /** Returns the instances of its group. */
    Fleet fleet();

    /**
     * Returns the partitions that other instances of its group have, as they said last, with the lag that the broker
     * says now.
     *
     * @return a future that completes within a few seconds, even if the broker does not answer
     */
    CompletableFuture<List<ListenerReport.Partition>> partitionsElsewhere();

    /** Stops reading. Triggers that were read are completed. */
    String pause();

    /** Resumes reading. */
    String resume();

    /** Throws an exception if the rule for ids does not permit an id. */
    void requireValid(String id);

    /** Tries a waiting id now. */
    String retry(String id);

    /**
     * Tries now all ids that wait in this process after a failure, also those of deferred triggers that were read.
     *
     * @param reason a part of the last cause
     */
    String retryAfter(String reason);

    /** Processes an id as if a trigger had just been received, whether or not this process has its partition. */
    String trigger(String id);

    /**
     * Forgets which versions of an id were applied and are expected: the next answer settles its triggers here,
     * whatever its version, and the next trigger is queried.
     */
    String forget(String id);

    /** Permits the projection of absences that are held because there were too many in a row. */
    String confirmAbsences();

    /** Compares the projection with the source, and triggers the ids that differ. */
    String resync();

    /** Triggers all ids that the source lists, without comparing. */
    String resyncAll();

    /** Sends the triggers in the dead-letter topic again, except those that were replayed or discarded one by one. */
    String replay();

    /** Returns the consistency monitor, or empty if the listener has none. */
    Optional<ConsistencyMonitor> monitor();

    /** Returns what can be done with single dead letters and deferred triggers. */
    LetterOperations letters();

    /** Sends the triggers of a retry topic that the listener no longer reads to its current retry topic. */
    String drain(String retryTopic);
}
