package io.triggerquery.bench.workload;

import java.time.Duration;
import java.util.List;

/** One kind of work, which each peer does in turn. */
public interface Workload {

    /** What it is called on the command line. */
    String name();

    /** What it is, in one line. */
    String description();

    /** What it measures, the most telling figure first. */
    List<Figure> figures();

    /** Whether bare clients and the bare poll loop can do it too. */
    boolean suitsLimits();

    /** About how long one run takes. */
    Duration expected(Pace pace);

    /**
     * Lets a peer do it once.
     *
     * @throws RuntimeException if that fails; says where the peer's log is
     */
    Outcome run(Site site, String peer, Pace pace);
}
