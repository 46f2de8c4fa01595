package io.triggerquery.consumer.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The consumer group: its processes, and the changes of their assignments. */
final class SimulatedGroup {

    private final SimulatedWorld world;
    private final SimulatedProcess[] processes;

    SimulatedGroup(SimulatedWorld world) {
        this.world = world;
        processes = new SimulatedProcess[world.scenario.cluster().processes()];
        for (int i = 0; i < processes.length; i++) {
            processes[i] = new SimulatedProcess(world, i);
        }
    }

    SimulatedProcess any() {
        return processes[world.random.nextInt(processes.length)];
    }

    /** Returns a process that has work, if there is one. */
    SimulatedProcess anyBusy() {
        int first = world.random.nextInt(processes.length);
        for (int i = 0; i < processes.length; i++) {
            SimulatedProcess process = processes[(first + i) % processes.length];
            if (process.canWork()) {
                return process;
            }
        }
        return processes[first];
    }

    SimulatedProcess[] all() {
        return processes;
    }

    /** Changes the assignment of a partition. */
    void rebalance() {
        List<SimulatedPartition> partitions = world.broker.partitions;
        SimulatedPartition partition = partitions.get(world.random.nextInt(partitions.size()));
        SimulatedAssignment owner = partition.owner;
        if (owner == null) {
            assign(partition, any());
            return;
        }
        switch (world.random.nextInt(6)) {
            case 0 -> {
                world.saw(SimulationEvent.LOST);
                owner.process.lose(owner);
                partition.owner = null;
            }
            case 1 -> expel(owner);
            case 2 -> moveWithinProcess(owner);
            default -> {
                owner.process.revoke(owner, world.random.nextInt(10));
                partition.owner = null;
            }
        }
    }

    void assign(SimulatedPartition partition, SimulatedProcess process) {
        SimulatedAssignment former = process.assignments.get(partition.name);
        begin(partition, process, process.consumerOtherThan(former));
    }

    private void begin(SimulatedPartition partition, SimulatedProcess process, Object consumer) {
        var assignment = new SimulatedAssignment(process, partition, consumer);
        assignment.position = partition.firstUncommitted();
        partition.owner = assignment;
        process.assigned(assignment);
    }

    /** Expels a process from the group, which does not know it and continues. */
    private void expel(SimulatedAssignment owner) {
        if (world.scenario.versions().orderAll()) {
            world.saw(SimulationEvent.EXPELLED);
            owner.partition.owner = null;
        }
    }

    /** Moves it to another consumer of the same process before the former one has noticed. */
    private void moveWithinProcess(SimulatedAssignment owner) {
        world.saw(SimulationEvent.MOVED_WITHIN_PROCESS);
        begin(owner.partition, owner.process, owner.process.consumerOtherThan(owner));
        owner.process.hearLate(owner);
    }

    /** Notifies expelled consumers of the partitions that they have lost. */
    void tell() {
        for (SimulatedProcess process : processes) {
            for (SimulatedAssignment assignment : List.copyOf(process.assignments.values())) {
                if (!assignment.isCurrent()) {
                    process.lose(assignment);
                }
            }
        }
    }

    /** Rewinds a partition, as an operator or the client does. */
    void rewind() {
        SimulatedAssignment owner =
                world.broker.partitions.get(world.random.nextInt(world.broker.partitions.size())).owner;
        if (owner != null && owner.position > 0) {
            world.saw(SimulationEvent.REWOUND);
            owner.position -= 1 + world.random.nextInt(Math.min(4, owner.position));
        }
    }

    /** Kills a process. Returns its transactions that may have reached the database. */
    List<List<SimulatedDatabase.Write>> crash() {
        int number = world.random.nextInt(processes.length);
        SimulatedProcess crashed = processes[number];
        List<List<SimulatedDatabase.Write>> left = new ArrayList<>();
        world.saw(SimulationEvent.CRASHED);
        for (VirtualWorker worker : crashed.workers) {
            left.addAll(worker.transactions());
            if (worker.hasCommitted()) {
                world.saw(SimulationEvent.CRASHED_BETWEEN_COMMIT_AND_SETTLE);
            }
        }
        for (Map.Entry<TopicPartition, SimulatedAssignment> assignment : crashed.assignments.entrySet()) {
            if (assignment.getValue().isCurrent()) {
                assignment.getValue().partition.owner = null;
            }
        }
        processes[number] = new SimulatedProcess(world, number);
        return left;
    }

    /** Gives every partition an owner that knows of it. */
    void settle() {
        tell();
        for (SimulatedPartition partition : world.broker.partitions) {
            if (partition.owner == null) {
                assign(partition, any());
            }
        }
    }
}
