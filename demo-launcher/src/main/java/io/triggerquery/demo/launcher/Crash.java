package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.check.Fault;
import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.testbed.process.Lease;

/** Kills a part of this demo and starts it again. */
record Crash(Demo demo, Session session, PartName part) implements Fault {

    @Override
    public String victim() {
        return part.toString();
    }

    @Override
    public boolean leavesBillingUp() {
        return part == PartName.PAYMENT || part == PartName.BROKER;
    }

    @Override
    public void strike() {
        try (Lease lease = demo.mayChange()) {
            demo.control().kill(demo.part(part));
        }
    }

    @Override
    public void heal() {
        session.start(part);
    }
}
