package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.process.Port;
import io.triggerquery.testbed.process.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A server of the demo, in a separate process. */
public interface Part {

    PartName name();

    /** Returns the address for its users. */
    String address();

    /** Returns its ports, the one for its users first. */
    List<Port> ports();

    /** Returns the parts that must run before this one becomes ready. */
    default Set<PartName> needs() {
        return name().isService() ? Set.of(PartName.BROKER, PartName.DATABASE) : Set.of();
    }

    /** Prepares the files of the process and returns the command that starts it. The first call may take seconds. */
    Launch prepare();

    /** Checks once whether the running process is ready. */
    Readiness readiness();

    /** Returns the longest time until the part is ready. */
    default Duration startLimit() {
        return Duration.ofSeconds(60);
    }

    /** Returns the signal that requests a stop. */
    default Signal stopSignal() {
        return Signal.TERM;
    }
}
