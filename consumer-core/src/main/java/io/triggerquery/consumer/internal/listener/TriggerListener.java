package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.TriggerIdRule;
import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.kafka.DeadLetterReplay;
import io.triggerquery.consumer.internal.kafka.GroupOffsets.Position;
import io.triggerquery.consumer.internal.kafka.RegisteredListener;
import io.triggerquery.consumer.internal.kafka.RetryDrain;
import io.triggerquery.consumer.internal.listener.ListenerOperationException.Reason;
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
 * @param definition what it was made from
 * @param registered its engine and its container
 * @param workers its worker threads
 * @param circuit the state of its source's circuit breaker
 * @param comparison compares its projection with the source
 */
record TriggerListener(
        ListenerDefinition definition,
        RegisteredListener registered,
        WorkerThreads workers,
        Supplier<String> circuit,
        Resync comparison)
        implements ListenerOperations {

    private static final Duration REPLAY_LIMIT = Duration.ofSeconds(30);

    void close() {
        workers.close();
    }

    @Override
    public String id() {
        return definition.id();
    }

    @Override
    public EngineStatus status() {
        return registered.engine().status(0);
    }

    @Override
    public boolean hasGivenUp() {
        return !registered.container().isInExpectedState();
    }

    @Override
    public Optional<ReadFailure> readTrouble() {
        return registered.failures().trouble();
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
        EngineStatus now = registered.engine().status(maxStuck);
        List<TopicPartition> partitions =
                now.partitions().stream().map(EngineStatus.Partition::partition).toList();
        return registered.offsets().ask(partitions).thenApply(positions -> report(now, positions));
    }

    private ListenerReport report(EngineStatus now, Map<TopicPartition, Position> positions) {
        return new ListenerReport(
                definition.id(),
                definition.subscription().topic(),
                registered.retryTopic(),
                new ListenerReport.Source(definition.source().sourceName(), circuit.get()),
                new ListenerReport.Container(
                        registered.container().isRunning(),
                        registered.container().isPauseRequested()),
                ListenerReport.Work.of(now),
                comparison.status(),
                now.partitions().stream()
                        .map(partition -> report(partition, positions.get(partition.partition())))
                        .toList(),
                now.stuck().stream().map(ListenerReport.Stuck::of).toList());
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
    public String pause() {
        registered.container().pause();
        return "reading pauses; what has been read is finished";
    }

    @Override
    public String resume() {
        registered.container().resume();
        return "reading goes on";
    }

    @Override
    public String retry(String id) {
        if (!registered.engine().retryNow(id)) {
            throw new ListenerOperationException(
                    Reason.UNKNOWN,
                    "no id " + id + " waits here for a later try; to look at it in any case, trigger it");
        }
        return id + " is tried now";
    }

    @Override
    public String trigger(String id) {
        TriggerIdRule.violation(id).ifPresent(violation -> {
            throw new ListenerOperationException(Reason.INVALID, "that is no id: " + violation);
        });
        if (!comparison.resync(id)) {
            throw new ListenerOperationException(
                    Reason.UNAVAILABLE,
                    registered.engine().requests() + " ids that were asked for by hand or by a resync are not done, and"
                            + " no more are taken until some are; see what holds them up, and then trigger it again");
        }
        return id + " is looked at";
    }

    @Override
    public String forget(String id) {
        TriggerIdRule.violation(id).ifPresent(violation -> {
            throw new ListenerOperationException(Reason.INVALID, "that is no id: " + violation);
        });
        registered.engine().forget(id);
        return "the next answer for " + id + " settles what waits here, whatever its version, and its next trigger is"
                + " queried; a ProjectionGuard forgets it by its own method";
    }

    @Override
    public String confirmAbsences() {
        if (!registered.engine().confirmAbsences()) {
            throw new ListenerOperationException(Reason.UNAVAILABLE, "no absences are held here");
        }
        return "absences are projected until the source answers with a state again";
    }

    @Override
    public String resync() {
        return told(comparison.resync());
    }

    @Override
    public String resyncAll() {
        return told(comparison.resyncAll());
    }

    private String told(ResyncStart start) {
        return switch (start) {
            case NOW -> "the resync begins within a second";
            case AFTER_THE_RUN -> "a resync is at work; another begins when it has ended";
            case ELSEWHERE ->
                throw new ListenerOperationException(
                        Reason.UNAVAILABLE,
                        "the instance that has " + definition.subscription().topic()
                                + "-0 runs the resync: ask that one");
            case NO_SOURCE ->
                throw new ListenerOperationException(
                        Reason.UNAVAILABLE, id() + " has no ResyncSource, so only single ids can be triggered");
        };
    }

    @Override
    public String replay() {
        try {
            DeadLetterReplay.Result result = registered.replay().run(REPLAY_LIMIT);
            return result.replayed() + " sent again, " + result.withoutId() + " are no ids, " + result.ofOthers()
                    + " are of other groups"
                    + (result.complete() ? "" : "; the time was up, the next replay goes on from there");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ListenerOperationException(Reason.UNAVAILABLE, "the replay was interrupted");
        } catch (RuntimeException failure) {
            throw new ListenerOperationException(Reason.UNAVAILABLE, "the replay broke off: " + OneLine.of(failure));
        }
    }

    @Override
    public String drain(String retryTopic) {
        try {
            RetryDrain.Result result = registered.drain().run(retryTopic, REPLAY_LIMIT);
            return result.drained() + " sent to " + registered.retryTopic()
                    + (result.complete() ? "" : "; the time was up, the next drain goes on from there");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ListenerOperationException(Reason.UNAVAILABLE, "the drain was interrupted");
        } catch (IllegalArgumentException wrong) {
            throw new ListenerOperationException(Reason.INVALID, String.valueOf(wrong.getMessage()));
        } catch (RuntimeException failure) {
            throw new ListenerOperationException(Reason.UNAVAILABLE, "the drain broke off: " + OneLine.of(failure));
        }
    }
}
