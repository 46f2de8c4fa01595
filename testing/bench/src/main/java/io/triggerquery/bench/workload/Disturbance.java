package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.Fault;

/** A fault that can be switched on and off. */
sealed interface Disturbance {

    /** Switches the fault on. */
    void begin(Site site, PeerProcess process);

    /** Switches the fault off. */
    void end(Site site, PeerProcess process);

    /** The source does not answer some calls with a state. */
    record OfSource(Fault fault) implements Disturbance {

        @Override
        public void begin(Site site, PeerProcess process) {
            site.source().fault(fault);
        }

        @Override
        public void end(Site site, PeerProcess process) {
            site.source().fault(Fault.NONE);
        }
    }

    /** The peer's projection fails for every id. */
    record OfProjection() implements Disturbance {

        @Override
        public void begin(Site site, PeerProcess process) {
            process.breakProjection();
        }

        @Override
        public void end(Site site, PeerProcess process) {
            process.repairProjection();
        }
    }
}
