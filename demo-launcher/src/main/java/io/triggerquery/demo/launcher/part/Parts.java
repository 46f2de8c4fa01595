package io.triggerquery.demo.launcher.part;

import java.util.ArrayList;
import java.util.List;

/** The parts of a demo, in the order in which they start. */
public final class Parts {

    private Parts() {}

    public static List<Part> of(Settings settings, ProducerStrategy strategy) {
        List<Part> parts = new ArrayList<>(List.of(new Broker(settings), new Database(settings)));
        if (strategy.needsRelayService()) {
            parts.add(new Service(settings, PartName.RELAY, ServiceEnvironment.relay(settings)));
        }
        for (PartName name : List.of(PartName.BILLING, PartName.PAYMENT)) {
            parts.add(new Service(settings, name, ServiceEnvironment.demo(settings, strategy, name)));
        }
        return List.copyOf(parts);
    }
}
