package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.control.Audit;
import io.triggerquery.consumer.internal.control.Clocks;
import io.triggerquery.consumer.internal.control.ControlSettings;
import io.triggerquery.consumer.internal.control.Fleet;
import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.letter.LetterOperations;
import io.triggerquery.consumer.internal.listener.IdStory;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerOperationException.Reason;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.ListenerReport;
import io.triggerquery.consumer.internal.listener.SourceAnswer;
import io.triggerquery.consumer.internal.listener.StateOfId;
import io.triggerquery.consumer.internal.listener.StuckReport;
import io.triggerquery.consumer.internal.monitor.ConsistencyMonitor;
import io.triggerquery.consumer.internal.reading.ReadFailure;
import io.triggerquery.consumer.internal.resync.ResyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A fake listener that records requests. */
final class FakeListener implements ListenerOperations {

    List<EngineStatus.Partition> partitions = List.of();
    int waiting;
    String state = "held";
    boolean gaveUp;
    EngineStatus.Suspended suspended;
    Optional<ReadFailure> readFailure = Optional.empty();
    Optional<Duration> lastHeartbeat = Optional.of(Duration.ZERO);
    boolean reading = true;
    final FakeLetters letters = new FakeLetters();

    final Fleet fleet;

    private final String id;

    FakeListener(String id) {
        this.id = id;
        this.fleet = new Fleet(
                "here",
                new UnusedControlLog(),
                ControlSettings.DEFAULT,
                Clocks.system((delay, action) -> {}),
                new Audit(InstantSource.system()));
    }

    @Override
    public Optional<ConsistencyMonitor> monitor() {
        return Optional.empty();
    }

    @Override
    public Fleet fleet() {
        return fleet;
    }

    @Override
    public void requireValid(String triggerId) {
        if (triggerId.equals("?")) {
            throw new ListenerOperationException(Reason.INVALID, "not a valid id");
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public CompletableFuture<ListenerReport> report(int maxStuck) {
        return CompletableFuture.completedFuture(new ListenerReport(
                id,
                List.of(id),
                id + "-retry",
                new ListenerReport.Source("billing", "CLOSED"),
                new ListenerReport.Container(true, false),
                new ListenerReport.Work(0, 0, 0, 0, false, false, false, "every id has failed for 3 s: no"),
                new ResyncStatus(false, false, false, null, 0, 0, null, null, null),
                List.of(),
                stuck(1).ids()));
    }

    @Override
    public IdStory story(String triggerId) {
        return new IdStory(
                id,
                triggerId,
                Instant.EPOCH,
                new StateOfId(state, "suspended", Duration.ZERO, null, "every id has failed for 3 s: no"),
                new IdStory.Failing(2, Duration.ofSeconds(3), "duplicate key (x@y)"),
                null,
                List.of(),
                null,
                new IdStory.Projection(5L, null),
                new ListenerReport.Source("billing", "OPEN"),
                List.of());
    }

    @Override
    public StuckReport stuck(int limit) {
        return new StuckReport(
                limit,
                List.of(new ListenerReport.Stuck(
                        "p-1",
                        new StateOfId("waiting", "back-off", Duration.ofSeconds(1), null, null),
                        2,
                        Duration.ofSeconds(3),
                        "duplicate key (x@y)")));
    }

    @Override
    public SourceAnswer ask(String triggerId, boolean showState) {
        return new SourceAnswer(
                id, triggerId, "failed", null, showState ? "{}" : null, "duplicate key (x@y)", Duration.ZERO, null);
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus(partitions, 0, 0, 0, waiting, false, false, false, suspended, List.of());
    }

    @Override
    public boolean hasStoppedByError() {
        return gaveUp;
    }

    @Override
    public Optional<ReadFailure> readFailure() {
        return readFailure;
    }

    @Override
    public boolean isReading() {
        return reading;
    }

    @Override
    public Optional<Duration> lastHeartbeat() {
        return lastHeartbeat;
    }

    @Override
    public CompletableFuture<List<ListenerReport.Partition>> partitionsElsewhere() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public String pause() {
        return "paused";
    }

    @Override
    public String resume() {
        return "resumed";
    }

    @Override
    public String retry(String triggerId) {
        if (triggerId.equals("elsewhere")) {
            throw new ListenerOperationException(Reason.ELSEWHERE, "It does not wait here.");
        }
        return "retried " + triggerId;
    }

    @Override
    public String retryAfter(String reason) {
        return "retried after " + reason;
    }

    @Override
    public String trigger(String triggerId) {
        return "triggered " + triggerId;
    }

    @Override
    public String resync() {
        throw new ListenerOperationException(Reason.UNAVAILABLE, "not here");
    }

    @Override
    public String resyncAll() {
        return "all resynced";
    }

    @Override
    public String replay() {
        return "replayed";
    }

    @Override
    public LetterOperations letters() {
        return letters;
    }

    @Override
    public String forget(String id) {
        return "forgotten " + id;
    }

    @Override
    public String confirmAbsences() {
        return "confirmed";
    }

    @Override
    public String drain(String retryTopic) {
        return "drained " + retryTopic;
    }
}
