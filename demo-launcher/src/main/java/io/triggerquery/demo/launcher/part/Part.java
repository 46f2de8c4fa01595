package io.triggerquery.demo.launcher.part;

import io.triggerquery.demo.launcher.process.Port;
import io.triggerquery.demo.launcher.process.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One server of the demo: a process of its own. */
public interface Part {

    PartName name();

    /** Where its users reach it. */
    String address();

    /** What it listens on, the one its users know first. */
    List<Port> ports();

    /** What must run for this part to become ready. */
    Set<PartName> needs();

    /** Makes ready what the process needs on disk, and says how to start it. May take seconds the first time. */
    Launch prepare();

    /** Looks once whether the process, known to run, is of use yet. */
    Readiness look();

    /** How long it may take to become ready. */
    Duration startLimit();

    /** How it is asked to end. */
    Signal stopSignal();
}
