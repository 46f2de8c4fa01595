package io.triggerquery.consumer.internal.actuate;

import io.triggerquery.consumer.internal.engine.EngineStatus;
import io.triggerquery.consumer.internal.letter.LetterOperations;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerOperationException.Reason;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.ListenerReport;
import io.triggerquery.consumer.internal.reading.ReadFailure;
import io.triggerquery.consumer.internal.resync.ResyncStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A listener that does nothing but say what it was asked. */
final class FakeListener implements ListenerOperations {

    List<EngineStatus.Partition> partitions = List.of();
    int waiting;
    boolean gaveUp;
    EngineStatus.Suspended suspended;
    Optional<ReadFailure> readFailure = Optional.empty();
    Optional<Duration> lastHeartbeat = Optional.of(Duration.ZERO);
    boolean reading = true;
    final FakeLetters letters = new FakeLetters();

    private final String id;

    FakeListener(String id) {
        this.id = id;
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
                new ListenerReport.Work(0, 0, 0, 0, false, false, false, null),
                new ResyncStatus(false, false, false, null, 0, 0, null, null, null),
                List.of(),
                List.of()));
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
    public String pause() {
        return "paused";
    }

    @Override
    public String resume() {
        return "resumed";
    }

    @Override
    public String retry(String triggerId) {
        return "retried " + triggerId;
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
