package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.process.Port;
import io.triggerquery.testbed.process.Signal;
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
    default Set<PartName> needs() {
        return name().isService() ? Set.of(PartName.BROKER, PartName.DATABASE) : Set.of();
    }

    /** Makes ready what the process needs on disk, and says how to start it. May take seconds the first time. */
    Launch prepare();

    /** Looks once whether the process, known to run, is of use yet. */
    Readiness look();

    /** How long it may take to become ready. */
    default Duration startLimit() {
        return Duration.ofSeconds(60);
    }

    /** How it is asked to end. */
    default Signal stopSignal() {
        return Signal.TERM;
    }
}
