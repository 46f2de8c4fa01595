package io.triggerquery.demo.launcher.part;

import java.util.List;

/** All parts of one demo, in the order in which they start. */
public final class Parts {

    private Parts() {}

    public static List<Part> of(Settings settings) {
        return List.of(
                new Broker(settings),
                new Database(settings),
                new Service(settings, PartName.BILLING),
                new Service(settings, PartName.PAYMENT));
    }
}
