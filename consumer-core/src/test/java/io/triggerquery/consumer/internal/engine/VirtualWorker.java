package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A worker that runs a round in steps, so that other events can happen in between: the real {@link Round} queries the
 * source, which answers at once or later; then the transactions are committed, and the round is settled.
 */
final class VirtualWorker implements Query<Long>, Projection<Long>, FailureSinks {

    private final SimulatedWorld world;
    private final SimulatedProcess process;
    private final Map<String, SimulatedSource.State> read = new HashMap<>();
    private final List<List<SimulatedDatabase.Write>> transactions = new ArrayList<>();
    private Round<Long> round;
    private Runnable answering = () -> {};
    private List<Outcome> outcomes;
    private boolean committed;
    private boolean sent;

    final Batch batch;

    VirtualWorker(SimulatedWorld world, SimulatedProcess process, Batch batch) {
        this.world = world;
        this.process = process;
        this.batch = batch;
    }

    /** Takes the next step of the round. Returns false if none is left and the round is to be settled. */
    boolean step() {
        if (round == null) {
            var pipeline = new Pipeline<>(this, this, SimulatedFailure::kindOf, SimulatedProcess::backOff, this);
            round = new Round<>(pipeline, process.observer, batch, new AbsenceLimit(0));
            if (!round.begin().isDone()) {
                world.saw(SimulationEvent.ANSWERED_LATER);
                return true;
            }
        }
        if (outcomes == null) {
            answering.run();
            outcomes = round.end();
            return true;
        }
        boolean commits = !committed;
        if (commits) {
            transactions.forEach(world.database::commit);
            transactions.clear();
            committed = true;
        }
        return commits;
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    boolean hasCommitted() {
        return committed;
    }

    /** Returns its uncommitted writes. */
    List<List<SimulatedDatabase.Write>> transactions() {
        return transactions;
    }

    /** Returns whether the broker has confirmed what was deferred or dead-lettered. */
    boolean hasSent() {
        return batch instanceof Batch.DeadLetterMessage deadLetter
                ? ((SimulatedBroker.DeadLetter) deadLetter.work().sending()).sent
                : sent;
    }

    @Override
    public int maxIds() {
        return world.scenario.settings().limits().maxBatch();
    }

    @Override
    public CompletionStage<Answer<Long>> ask(List<String> ids, int unanswered) {
        var answer = new CompletableFuture<Answer<Long>>();
        boolean atOnce = world.random.nextInt(3) > 0;
        if (atOnce || world.random.nextBoolean()) {
            answering = read(ids, answer);
        } else {
            answering = () -> read(ids, answer).run();
        }
        if (atOnce) {
            answering.run();
        }
        return answer;
    }

    /** Lets the source read now, and answer now or later. */
    private Runnable read(List<String> ids, CompletableFuture<Answer<Long>> answer) {
        try {
            Answer<Long> said = world.source.ask(ids, read);
            return () -> answer.complete(said);
        } catch (SimulatedFailure failure) {
            return () -> answer.completeExceptionally(new CompletionException(failure));
        }
    }

    @Override
    public boolean takesMany() {
        return world.scenario.takesMany();
    }

    @Override
    public void apply(List<Snapshot<Long>> snapshots, List<Trigger> triggers) {
        if (world.database.away) {
            throw new SimulatedFailure(FailureKind.UNAVAILABLE, snapshots.size(), null);
        }
        if (world.database.broken) {
            throw new SimulatedFailure(FailureKind.RETRYABLE, snapshots.size(), null);
        }
        world.source.failIfPoisoned(snapshots.stream().map(Snapshot::id).toList(), false);
        transactions.add(snapshots.stream().map(this::write).toList());
        if (!world.faultsEnded && world.random.nextInt(30) == 0) {
            world.saw(SimulationEvent.COMMITTED_DESPITE_ERROR);
            throw new SimulatedFailure(FailureKind.RETRYABLE, snapshots.size(), null);
        }
    }

    private SimulatedDatabase.Write write(Snapshot<Long> snapshot) {
        SimulatedSource.State state = read.get(snapshot.id());
        if (state.deleted() && !world.scenario.versions().ofAbsences()) {
            world.saw(SimulationEvent.ABSENCE_CONFIRMED);
        }
        return new SimulatedDatabase.Write(snapshot.id(), snapshot.version(), state.deleted(), state.version());
    }

    @Override
    public String retryTopic() {
        return SimulatedBroker.RETRY_TOPIC;
    }

    @Override
    public void defer(List<Deferred> triggers) {
        for (Deferred each : triggers) {
            Trigger trigger = each.trigger();
            long truth = process.model.truth(trigger.id());
            world.broker.write(() -> world.broker.defer(trigger, truth, each.history()), SimulationEvent.NOT_DEFERRED);
        }
        sent = true;
    }

    @Override
    public void deadLetter(Trigger trigger, Throwable cause) {
        world.broker.write(() -> world.broker.deadIds.add(trigger.id()), SimulationEvent.NOT_DEAD_LETTERED);
        sent = true;
    }

    @Override
    public String toString() {
        return batch.lane() + " "
                + batch.items().stream().map(item -> item.work().name()).toList()
                + (outcomes == null ? "" : " " + outcomes);
    }
}
