package io.triggerquery.consumer.internal.engine;

import io.triggerquery.consumer.internal.engine.SimulatedPartition.Content;
import io.triggerquery.consumer.internal.engine.SimulatedPartition.Kind;
import io.triggerquery.consumer.internal.engine.SimulatedSource.Health;
import io.triggerquery.consumer.internal.engine.SimulatedSource.Poison;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A random schedule: many steps, each drawn from the events that may happen. */
final class RandomSchedule {

    /** The kinds of steps, with their weights normally and in a rush. */
    private enum Step {
        PRODUCE(8, 12),
        POLL(10, 10),
        WORK(30, 20),
        TIME(6, 4),
        REBALANCE(3, 0),
        FAULT(3, 2),
        REQUEST(1, 1),
        PAUSE(1, 0),
        REWIND(1, 0),
        CRASH(1, 0),
        AWAIT(2, 2);

        private final int weight;
        private final int inRush;

        Step(int weight, int inRush) {
            this.weight = weight;
            this.inRush = inRush;
        }
    }

    /** The maximum number of parts of a record. */
    static final int MAX_PARTS = 6;

    private static final Step[] STEPS = Step.values();

    private final SimulatedWorld world;
    private final int[] weights = new int[STEPS.length];
    private final List<Runnable> delayed = new ArrayList<>();
    private int allWeights;

    RandomSchedule(SimulatedWorld world) {
        this.world = world;
        for (Step step : STEPS) {
            if (step == Step.AWAIT && !world.hasCallers) {
                continue;
            }
            int weight = world.scenario.length().rush() ? step.inRush : chance(2 * step.weight + 1);
            weights[step.ordinal()] = weight;
            allWeights += weight;
        }
    }

    private int chance(int bound) {
        return world.random.nextInt(bound);
    }

    void play() {
        world.group.settle();
        for (int i = 0; i < world.scenario.length().steps(); i++) {
            step();
        }
        heal();
    }

    private void step() {
        int number = chance(Math.max(1, allWeights));
        int step = 0;
        while (number >= weights[step]) {
            number -= weights[step++];
        }
        switch (STEPS[step]) {
            case PRODUCE -> produce();
            case POLL -> world.group.any().poll();
            case WORK -> world.group.anyBusy().work();
            case TIME -> world.advance(chance(8) == 0 ? chance(20_000) : chance(300));
            case REBALANCE -> rebalance();
            case FAULT -> fault();
            case REQUEST -> request();
            case AWAIT -> await();
            case PAUSE -> pause();
            case REWIND -> {
                if (!world.restarts()) {
                    world.group.rewind();
                }
            }
            case CRASH -> crash();
        }
    }

    private void produce() {
        String id = world.anyId();
        switch (chance(24)) {
            case 0, 1, 2 -> sendAgain();
            case 3 -> world.broker.send(List.of(Content.of(chance(2) == 0 ? Kind.MESSAGE : Kind.IGNORED)));
            case 6 -> sendSeveral();
            case 4, 5 -> {
                if (hasSender(id)) {
                    world.trigger(id).run();
                }
            }
            default -> {
                if (!world.restarts() || mayChange(id)) {
                    long visibleAt = world.now + world.random.nextLong(world.scenario.lateness() / 2 + 1);
                    world.source.change(id, chance(4) == 0, visibleAt);
                    later(world.trigger(id), world.restarts() ? Integer.MAX_VALUE : 6);
                }
            }
        }
        if (!delayed.isEmpty() && chance(6) == 0) {
            delayed.remove(chance(delayed.size())).run();
        }
    }

    /** Creates an id again only when its former triggers are settled, because their versions are higher. */
    private boolean mayChange(String id) {
        boolean done = !world.source.isDeleted(id) || world.broker.hasDone(id);
        if (done && world.source.isDeleted(id) && world.source.newest(id) > 0) {
            world.saw(SimulationEvent.CREATED_AGAIN);
        }
        return done;
    }

    /** Does not trigger an id that was never created where absences have no version. */
    private boolean hasSender(String id) {
        return world.scenario.versions() != Scenario.Versions.NOT_ABSENCES || world.source.newest(id) > 0;
    }

    /** Sends a trigger, perhaps twice, and perhaps after later ones. */
    private void sendAgain() {
        List<Content> again = world.restarts() ? List.of() : world.broker.sentBefore();
        if (!again.isEmpty()) {
            world.broker.send(again);
        }
    }

    /** Sends a record with several ids, some of them twice, and perhaps with an invalid part. */
    private void sendSeveral() {
        List<Content> contents = new ArrayList<>();
        for (int i = 1 + chance(MAX_PARTS - 1); i > 0; i--) {
            String id = world.anyId();
            if (hasSender(id) && !world.restarts()) {
                contents.add(world.content(id));
            }
        }
        if (chance(3) == 0) {
            contents.add(chance(contents.size() + 1), Content.of(Kind.MESSAGE));
        }
        if (!contents.isEmpty()) {
            world.broker.send(contents);
        }
    }

    private void later(Runnable action, int oneIn) {
        if (chance(oneIn) == 0) {
            delayed.add(action);
        } else {
            action.run();
        }
    }

    private void rebalance() {
        if (chance(4) == 0) {
            world.group.tell();
        } else {
            world.group.rebalance();
        }
    }

    private void fault() {
        switch (chance(6)) {
            case 0, 1 -> {
                Health[] healths = Health.values();
                world.source.health = chance(2) == 0 ? Health.WELL : healths[chance(healths.length)];
            }
            case 2 -> {
                Poison[] poisons = Poison.values();
                world.source.poison.put(world.anyId(), poisons[chance(poisons.length)]);
            }
            case 3 -> world.source.poison.remove(world.anyId());
            case 4 -> {
                world.database.away = !world.database.away && chance(2) == 0;
                world.database.broken = chance(3) == 0;
            }
            default -> {
                world.broker.rejects = chance(3) == 0;
                world.broker.undecodable = chance(3) > 0 ? List.of() : SimulatedBroker.TOPICS.subList(0, 1 + chance(2));
                world.group.any().threadless = chance(3) == 0;
            }
        }
    }

    private void request() {
        String id = world.anyId();
        SimulatedProcess process = world.group.any();
        if (chance(3) == 0) {
            process.retryNow(id);
        } else if (hasSender(id)) {
            long version = world.source.newest(id);
            boolean versioned = world.scenario.versions().ofTrigger(world.random) && !world.restarts();
            OptionalLong bound = versioned ? world.source.bound(id) : OptionalLong.empty();
            process.request(id, bound, version, chance(2) == 0);
        }
    }

    /** Awaits the current state, or a version that perhaps never exists. */
    private void await() {
        String id = world.anyId();
        OptionalLong version = OptionalLong.empty();
        if (chance(2) == 0 && world.scenario.versions().ofStates()) {
            version = OptionalLong.of(world.source.bound(id).getAsLong() + (chance(6) == 0 ? 1 : 0));
        }
        world.group.any().await(id, version, 1 + chance(chance(4) == 0 ? 20_000 : 2_000));
    }

    /** Pauses or resumes an id or the listener in all processes, in some later than in others. */
    private void pause() {
        String id = world.anyId();
        switch (chance(6)) {
            case 0, 1 -> {
                long millis = chance(4) == 0 ? 3_600_000 : 1 + chance(20_000);
                forAll(process -> process.pauseId(id, millis));
            }
            case 2, 3 -> forAll(process -> process.resumeId(id));
            case 4 -> forAll(process -> process.pauseReading(true));
            default -> forAll(process -> process.pauseReading(false));
        }
    }

    private void forAll(Consumer<SimulatedProcess> command) {
        for (int i = 0; i < world.group.all().length; i++) {
            int number = i; // the process may have been replaced by then
            later(() -> command.accept(world.group.all()[number]), 8);
        }
    }

    private void crash() {
        if (chance(3) > 0) {
            return;
        }
        List<List<SimulatedDatabase.Write>> left = world.group.crash();
        if (!left.isEmpty() && world.scenario.versions().orderAll()) {
            delayed.add(() -> {
                world.saw(SimulationEvent.COMMITTED_AFTER_CRASH);
                left.forEach(world.database::commit);
            });
        }
    }

    /** Ends all faults. */
    private void heal() {
        world.faultsEnded = true;
        world.source.health = Health.WELL;
        world.source.poison.clear();
        world.database.away = false;
        world.database.broken = false;
        world.broker.rejects = false;
        world.broker.undecodable = List.of();
        delayed.forEach(Runnable::run);
        delayed.clear();
        for (SimulatedProcess process : world.group.all()) {
            List.of(world.ids()).forEach(process::resumeId);
            process.pauseReading(false);
        }
        world.group.settle();
    }
}
