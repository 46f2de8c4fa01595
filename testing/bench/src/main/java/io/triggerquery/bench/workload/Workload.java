package io.triggerquery.bench.workload;

import java.time.Duration;
import java.util.List;

/** A kind of work, which each peer does in turn. */
public interface Workload {

    /** Returns its name on the command line. */
    String name();

    /** Returns its description, in one line. */
    String description();

    /** Returns its figures, the most important one first. */
    List<Figure> figures();

    /** Returns whether it is also possible for the peers that only show a limit. */
    boolean suitsLimits();

    /** Returns whether states are projected into PostgreSQL. */
    default boolean inPostgres() {
        return false;
    }

    /** Returns about how long one run takes. */
    Duration expected(Pace pace);

    /**
     * Runs the workload with a peer.
     *
     * @throws RuntimeException if that fails; the message names the peer's log
     */
    Outcome run(Site site, String peer, Pace pace);
}
