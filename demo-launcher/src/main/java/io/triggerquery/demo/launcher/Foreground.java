package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.Part;
import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.testbed.process.Lease;
import io.triggerquery.testbed.process.Pause;
import java.util.HashMap;
import java.util.Map;

/** {@code ./demo} without a command: starts all parts, reports changes of their state, and stops them on Ctrl-C. */
final class Foreground {

    private static final int LOOK_EVERY_MILLIS = 500;

    private final Demo demo;

    Foreground(Demo demo) {
        this.demo = demo;
    }

    void run() {
        try (Lease lease = Lease.take(
                        demo.settings().lock("foreground"),
                        "Another ./demo is already running; use ./demo status, or stop that one with Ctrl-C");
                Session session = new Session(demo)) {
            session.closeOnExit();
            session.startAll();
            System.out.println(addresses());
            watch();
        }
    }

    private String addresses() {
        return """

                payments, the page:  %s/
                payments, the API:   %s/api/payments
                billing, the API:    %s/api/billings
                broker:              %s
                database:            %s
                logs:                %s

                Ctrl-C stops everything. In another terminal: ./demo kill payment, ./demo start payment, ./demo check
                """.formatted(
                        demo.part(PartName.PAYMENT).address(),
                        demo.part(PartName.PAYMENT).address(),
                        demo.part(PartName.BILLING).address(),
                        demo.part(PartName.BROKER).address(),
                        demo.part(PartName.DATABASE).address(),
                        demo.settings().home().resolve("logs"));
    }

    // until Ctrl-C, or until another launcher has stopped all parts
    private void watch() {
        Map<PartName, Boolean> before = new HashMap<>();
        while (!demo.running().isEmpty()) {
            for (Part part : demo.parts()) {
                boolean now = demo.control().running(part).isPresent();
                Boolean earlier = before.put(part.name(), now);
                if (earlier != null && earlier != now) {
                    demo.console().say(part.name(), now ? "runs again" : "has ended");
                }
            }
            Pause.millis(LOOK_EVERY_MILLIS);
        }
        System.out.println("No part runs any more.");
    }
}
