package io.triggerquery.faultinjection.speed;

import io.triggerquery.producer.Receipt;

/** A caller of a service. */
final class Load {

    private final Service service;
    private int count;

    Load(Service service) {
        this.service = service;
    }

    /** Publishes outside a transaction. */
    Times publishes(int samples) {
        Times times = new Times(samples);
        for (int i = 0; i < samples; i++) {
            String id = next();
            long begun = System.nanoTime();
            Receipt receipt = service.publisher().tryPublish(Service.DESTINATION, id);
            times.add(System.nanoTime() - begun);
            check(receipt);
        }
        return times;
    }

    /** Executes transactions with one insert, and optionally one trigger. */
    Times transactions(int samples, boolean publish) {
        Times times = new Times(samples);
        for (int i = 0; i < samples; i++) {
            String id = next();
            long begun = System.nanoTime();
            service.transactions().executeWithoutResult(status -> {
                service.jdbc().sql("insert into thing values (?)").param(id).update();
                if (publish) {
                    check(service.publisher().tryPublish(Service.DESTINATION, id));
                }
            });
            times.add(System.nanoTime() - begun);
        }
        return times;
    }

    private String next() {
        count++;
        return "p-" + count;
    }

    private static void check(Receipt receipt) {
        if (receipt instanceof Receipt.Rejected rejected) {
            throw new IllegalStateException(rejected.reason());
        }
    }
}
