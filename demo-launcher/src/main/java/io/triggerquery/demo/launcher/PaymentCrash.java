package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.check.Fault;
import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.demo.launcher.process.Lease;

/** Kills the payment service that runs here. */
record PaymentCrash(Demo demo, Session session) implements Fault {

    @Override
    public void strike() {
        try (Lease lease = demo.mayChange()) {
            demo.control().kill(demo.part(PartName.PAYMENT));
        }
    }

    @Override
    public void heal() {
        session.start(PartName.PAYMENT);
    }
}
