package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.Part;
import io.triggerquery.testbed.process.Lease;
import io.triggerquery.testbed.process.Pause;
import java.util.List;

/** {@code ./demo} without a command: starts all parts, reports changes of their state, and stops them on Ctrl-C. */
record Foreground(Demo demo) {

    private static final int LOOK_EVERY_MILLIS = 500;

    void run() {
        try (Lease lease = Lease.take(
                        demo.settings().lock("foreground"),
                        "Another ./demo is already running; use ./demo status, or stop that one with Ctrl-C");
                Session session = new Session(demo)) {
            session.closeOnExit();
            session.startAll();
            System.out.println(demo.addresses());
            System.out.println(
                    "Ctrl-C stops everything. In another terminal: ./demo kill payment, ./demo start payment, ./demo check");
            watch();
        }
    }

    // until Ctrl-C, or until another launcher has stopped all parts
    private void watch() {
        List<Part> before = demo.running();
        while (!before.isEmpty()) {
            Pause.millis(LOOK_EVERY_MILLIS);
            List<Part> now = demo.running();
            for (Part part : demo.parts()) {
                if (before.contains(part) != now.contains(part)) {
                    demo.console().say(part.name(), now.contains(part) ? "runs again" : "has ended");
                }
            }
            before = now;
        }
        System.out.println("No part runs any more.");
    }
}
