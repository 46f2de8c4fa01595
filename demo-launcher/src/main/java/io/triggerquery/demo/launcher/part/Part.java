package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.process.Port;
import io.triggerquery.testbed.process.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server of the demo, in a separate process. */
public interface Part {

    /** A command and its variables in addition to the launcher's environment. */
    record Launch(List<String> command, Map<String, String> environment) {}

    /** Returns the parts of a demo, in the order in which they start. */
    static List<Part> of(Settings settings, ProducerStrategy strategy) {
        List<Part> parts = new ArrayList<>(List.of(new Broker(settings), new Database(settings)));
        if (strategy.needsRelayService()) {
            parts.add(new Service(settings, PartName.RELAY, strategy));
        }
        parts.add(new Service(settings, PartName.BILLING, strategy));
        parts.add(new Service(settings, PartName.PAYMENT, strategy));
        return List.copyOf(parts);
    }

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

    /** Checks the running process once, and returns why it is not ready; empty if it is ready. */
    Optional<String> problem();

    /** Returns the longest time until the part is ready. */
    default Duration startLimit() {
        return Duration.ofSeconds(60);
    }

    /** Returns the signal that requests a stop. */
    default Signal stopSignal() {
        return Signal.TERM;
    }
}
