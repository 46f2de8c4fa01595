package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.TriggerIdRule;
import io.triggerquery.consumer.internal.control.ControlValue;
import io.triggerquery.consumer.internal.control.Fleet;
import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.kafka.GroupOffsets.Position;
import io.triggerquery.consumer.internal.kafka.RegisteredListener;
import io.triggerquery.consumer.internal.kafka.RetryDrain;
import io.triggerquery.consumer.internal.letter.LetterOperations;
import io.triggerquery.consumer.internal.listener.ListenerOperationException.Reason;
import io.triggerquery.consumer.internal.monitor.ConsistencyMonitor;
import io.triggerquery.consumer.internal.reading.ReadFailure;
import io.triggerquery.consumer.internal.resync.Resync;
import io.triggerquery.consumer.internal.resync.ResyncStart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * An assembled listener.
 *
 * @param definition the definition of the listener
 * @param address where the source is asked, for the log
 * @param registered the engine and the container
 * @param workers the worker threads
 * @param source returns the name of the source, and the state of its circuit breaker
 * @param comparison compares the projection with the source
 * @param stories says what is known of single ids
 * @param letters its dead letters and deferred triggers
 * @param monitor its consistency monitor, if it has one
 */
record TriggerListener(
        ListenerDefinition definition,
        String address,
        RegisteredListener registered,
        WorkerThreads workers,
        Supplier<ListenerReport.Source> source,
        Resync comparison,
        IdStories stories,
        LetterOperations letters,
        Optional<ConsistencyMonitor> monitor)
        implements ListenerOperations {

    private static final Duration REPLAY_LIMIT = Duration.ofSeconds(30);

    void close() {
        workers.close();
    }

    /** Returns one line about the listener, for the log at the start. */
    String startLine() {
        return "%s: The listener reads %s in the group %s, queries the source %s (%s) and projects with %s, at most %d rounds at the same time%s."
                .formatted(
                        id(),
                        String.join(", ", definition.topics()),
                        registered.group(),
                        definition.source().sourceName(),
                        address,
                        definition.names().method(),
                        definition.settings().engine().limits().concurrency(),
                        registered.startsByItself() ? "" : "; it does not start by itself");
    }

    @Override
    public String id() {
        return definition.id();
    }

    @Override
    public Fleet fleet() {
        return registered.control().fleet();
    }

    @Override
    public CompletableFuture<List<ListenerReport.Partition>> partitionsElsewhere() {
        return PartitionsElsewhere.of(fleet().report(id()), registered.offsets()::positions);
    }

    @Override
    public EngineStatus status() {
        return registered.engine().status(0);
    }

    @Override
    public boolean hasStoppedByError() {
        return !registered.container().isInExpectedState();
    }

    @Override
    public Optional<ReadFailure> readFailure() {
        return registered.failures().currentFailure();
    }

    @Override
    public boolean isReading() {
        return registered.container().isRunning();
    }

    @Override
    public Optional<Duration> lastHeartbeat() {
        return registered.lastHeartbeat();
    }

    @Override
    public CompletableFuture<ListenerReport> report(int maxStuck) {
        EngineStatus status = registered.engine().status(maxStuck);
        List<TopicPartition> partitions = status.partitions().stream()
                .map(EngineStatus.Partition::partition)
                .toList();
        return registered.offsets().positions(partitions).thenApply(positions -> report(status, positions));
    }

    private ListenerReport report(EngineStatus status, Map<TopicPartition, Position> positions) {
        return new ListenerReport(
                definition.id(),
                definition.topics(),
                registered.retryTopic(),
                source.get(),
                new ListenerReport.Container(
                        registered.container().isRunning(),
                        registered.container().isPauseRequested()),
                ListenerReport.Work.of(status),
                comparison.status(),
                status.partitions().stream()
                        .map(partition -> report(partition, positions.get(partition.partition())))
                        .toList(),
                status.stuck().stream().map(ListenerReport.Stuck::of).toList());
    }

    private static ListenerReport.Partition report(EngineStatus.Partition partition, @Nullable Position position) {
        Long watermark = partition.watermark() < 0 ? null : partition.watermark();
        return new ListenerReport.Partition(
                partition.partition().toString(),
                watermark,
                partition.open(),
                position == null ? null : position.lag(watermark, partition.open()));
    }

    @Override
    public IdStory story(String id) {
        requireValid(id);
        return stories.story(id);
    }

    @Override
    public StuckReport stuck(int limit) {
        return stories.stuck(limit);
    }

    @Override
    public SourceAnswer ask(String id, boolean showState) {
        requireValid(id);
        return stories.ask(id, showState);
    }

    @Override
    public String pause() {
        registered.container().pause();
        return "Reading pauses. Triggers that were read are completed.";
    }

    @Override
    public String resume() {
        registered.container().resume();
        return "Reading resumes.";
    }

    @Override
    public String retry(String id) {
        requireNotPaused(id);
        if (!registered.engine().ids().retryNow(id)) {
            throw new ListenerOperationException(
                    Reason.ELSEWHERE,
                    "The id " + TriggerIdRule.escaped(id)
                            + " does not wait here for a later attempt. To query it in any case, trigger it.");
        }
        return TriggerIdRule.escaped(id) + " is tried now.";
    }

    @Override
    public String retryAfter(String reason) {
        int retried = registered.engine().ids().retryNowAfter(reason);
        if (retried == 0) {
            throw new ListenerOperationException(
                    Reason.ELSEWHERE,
                    "No id waits here for a later attempt after a failure with " + OneLine.of(reason) + ".");
        }
        return retried + (retried == 1 ? " id is" : " ids are") + " tried now.";
    }

    @Override
    public String trigger(String id) {
        requireValid(id);
        requireNotPaused(id);
        if (!comparison.resync(id)) {
            throw new ListenerOperationException(
                    Reason.UNAVAILABLE,
                    registered.engine().requests()
                            + " ids that were triggered by an operator or by a resync are not completed, and"
                            + " no more are accepted until some are. Find out what delays them, and then trigger"
                            + " this id again.");
        }
        return TriggerIdRule.escaped(id) + " is queried.";
    }

    private void requireNotPaused(String id) {
        ControlValue.Pause pause = fleet().pauseOf(id(), id);
        if (pause != null) {
            throw new ListenerOperationException(
                    Reason.UNAVAILABLE,
                    "The id " + TriggerIdRule.escaped(id) + " was paused " + pause.line() + ". Resume it first.");
        }
    }

    @Override
    public void requireValid(String id) {
        String violation = definition.idRule().violation(id);
        if (violation != null) {
            throw new ListenerOperationException(Reason.INVALID, "This is not a valid id: " + violation);
        }
    }

    @Override
    public String forget(String id) {
        requireValid(id);
        registered.engine().ids().forget(id);
        return "The next answer for " + TriggerIdRule.escaped(id)
                + " settles its triggers here, whatever its version, and its next trigger is"
                + " queried. A ProjectionGuard forgets the id with its own method.";
    }

    @Override
    public String confirmAbsences() {
        if (!registered.engine().confirmAbsences()) {
            throw new ListenerOperationException(Reason.ELSEWHERE, "No absences are held here.");
        }
        return "Absences are projected until the source answers with a state again.";
    }

    @Override
    public String resync() {
        return outcome(comparison.resync());
    }

    @Override
    public String resyncAll() {
        return outcome(comparison.resyncAll());
    }

    private String outcome(ResyncStart start) {
        return switch (start) {
            case NOW -> "The resync begins within a second.";
            case AFTER_THE_RUN -> "A resync is running. Another begins when it has ended.";
            case ELSEWHERE ->
                throw new ListenerOperationException(
                        Reason.ELSEWHERE,
                        "The instance that has " + definition.topics().get(0) + "-0 runs the resync.");
            case NO_SOURCE ->
                throw new ListenerOperationException(
                        Reason.UNAVAILABLE, id() + " has no ResyncSource, so only single ids can be triggered.");
        };
    }

    @Override
    public String replay() {
        try {
            return registered.deadLetters().replay().run(REPLAY_LIMIT).line();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ListenerOperationException(Reason.UNAVAILABLE, "The replay was interrupted.");
        } catch (RuntimeException failure) {
            throw new ListenerOperationException(Reason.UNAVAILABLE, "The replay failed: " + OneLine.of(failure));
        }
    }

    @Override
    public String drain(String retryTopic) {
        try {
            RetryDrain.Result result = registered.drain().run(retryTopic, REPLAY_LIMIT);
            return result.drained() + " sent to " + registered.retryTopic()
                    + (result.withoutId() == 0 ? "" : ", " + result.withoutId() + " without a permitted id")
                    + (result.complete() ? "." : ". The time limit was reached; the next drain continues from there.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ListenerOperationException(Reason.UNAVAILABLE, "The drain was interrupted.");
        } catch (IllegalArgumentException invalid) {
            throw new ListenerOperationException(Reason.INVALID, String.valueOf(invalid.getMessage()));
        } catch (RuntimeException failure) {
            throw new ListenerOperationException(Reason.UNAVAILABLE, "The drain failed: " + OneLine.of(failure));
        }
    }
}
