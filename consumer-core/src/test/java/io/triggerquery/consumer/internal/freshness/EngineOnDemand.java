package io.triggerquery.consumer.internal.freshness;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.Answer;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.EngineRuntime;
import io.triggerquery.consumer.internal.engine.EngineSettings;
import io.triggerquery.consumer.internal.engine.FailureSinks;
import io.triggerquery.consumer.internal.engine.Intake;
import io.triggerquery.consumer.internal.engine.Pipeline;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.engine.Timer;
import io.triggerquery.consumer.internal.engine.TriggerEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** A real engine whose rounds and whose time a test controls. */
final class EngineOnDemand implements Timer, Intake, Query<String>, Projection<String>, FailureSinks {

    private record Action(long at, Runnable run) implements Comparable<Action> {

        @Override
        public int compareTo(Action other) {
            return Long.compare(at, other.at);
        }
    }

    private final BlockingQueue<Runnable> rounds = new LinkedBlockingQueue<>();
    private final PriorityQueue<Action> actions = new PriorityQueue<>();
    private final TriggerEngine engine;
    private long nanos;
    private long version;
    private int queries;

    EngineOnDemand() {
        engine = new TriggerEngine(
                new EngineSettings(
                        new EngineSettings.Limits(4, 10, 100, 50, 100),
                        new EngineSettings.Timing(
                                Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(1))),
                new Pipeline<>(this, this, failure -> FailureKind.RETRYABLE, failing -> Duration.ofSeconds(1), this),
                new EngineRuntime(rounds::add, this, () -> nanos, this, new EngineListener() {}));
    }

    TriggerEngine engine() {
        return engine;
    }

    Instant now() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    /** Waits until a round is requested, by another thread. */
    void awaitRequest() throws InterruptedException {
        rounds.put(Objects.requireNonNull(rounds.poll(30, TimeUnit.SECONDS), "no round was requested"));
    }

    EngineOnDemand answers(long next) {
        version = next;
        return this;
    }

    void run() {
        for (Runnable round = rounds.poll(); round != null; round = rounds.poll()) {
            round.run();
        }
    }

    void advance(Duration by) {
        nanos += by.toNanos();
        for (Action due = next(); due != null; due = next()) {
            due.run().run();
        }
    }

    private Action next() {
        synchronized (actions) {
            return actions.isEmpty() || actions.peek().at() > nanos ? null : actions.remove();
        }
    }

    int pendingActions() {
        synchronized (actions) {
            return actions.size();
        }
    }

    int queries() {
        return queries;
    }

    @Override
    public Cancellation schedule(Duration delay, Runnable action) {
        var scheduled = new Action(nanos + delay.toNanos(), action);
        synchronized (actions) {
            actions.add(scheduled);
        }
        return () -> {
            synchronized (actions) {
                actions.remove(scheduled);
            }
        };
    }

    @Override
    public int maxIds() {
        return 10;
    }

    @Override
    public CompletionStage<Answer<String>> ask(List<String> ids, int unanswered) {
        queries++;
        return CompletableFuture.completedFuture(
                new Answer.Given<>(Map.of(ids.get(0), Snapshot.found(ids.get(0), "state", version))));
    }

    @Override
    public boolean takesMany() {
        return true;
    }

    @Override
    public void apply(List<Snapshot<String>> snapshots, List<Trigger> triggers) {}

    @Override
    public String retryTopic() {
        return "retry";
    }

    @Override
    public void defer(List<Deferred> triggers) {}

    @Override
    public void deadLetter(Trigger trigger, Throwable cause) {}

    @Override
    public void pause(Collection<TopicPartition> partitions) {}

    @Override
    public void resume(Collection<TopicPartition> partitions) {}
}
