package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.Fault;

/** What goes wrong, on a switch. */
sealed interface Mishap {

    /** From now on it goes wrong. */
    void begin(Site site, PeerProcess process);

    /** From now on all is well. */
    void end(Site site, PeerProcess process);

    /** The source does not answer some calls as it should. */
    record OfSource(Fault fault) implements Mishap {

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
    record OfProjection() implements Mishap {

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
