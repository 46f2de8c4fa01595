package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.spool.SimulatedDisk;

/** Where one process after the other runs, with a disk that outlives them. */
final class SimulatedMachine {

    final int number;
    final SimulatedDisk disk = new SimulatedDisk();
    /** The running one, or the last. */
    SimulatedProcess process;

    SimulatedMachine(int number) {
        this.number = number;
    }
}
