package io.triggerquery.producer.simulation;

import io.triggerquery.producer.internal.spool.SimulatedDisk;

/** A machine that runs one process after another, with a disk that survives them. */
final class SimulatedMachine {

    final int number;
    final SimulatedDisk disk = new SimulatedDisk();
    /** The current process, or the last one. */
    SimulatedProcess process;

    SimulatedMachine(int number) {
        this.number = number;
    }
}
