package io.triggerquery.demo.launcher.check;

import java.net.URI;
import java.util.List;
import java.util.OptionalLong;

/** The triggers both services have received and the queries they have sent for them, since the check began. */
final class Traffic {

    private static final String TRIGGERS = "triggerquery.triggers";
    private static final String QUERIES = "triggerquery.queries";

    private final List<Counters> triggers;
    private final List<Counters> queries;
    private final List<Counters> ofPayment;

    Traffic(URI billing, URI payment) {
        JsonClient billingService = new JsonClient(billing);
        JsonClient paymentService = new JsonClient(payment);
        Counters paymentTriggers = new Counters(paymentService, TRIGGERS);
        Counters paymentQueries = new Counters(paymentService, QUERIES);
        this.triggers = List.of(new Counters(billingService, TRIGGERS), paymentTriggers);
        this.queries = List.of(new Counters(billingService, QUERIES), paymentQueries);
        this.ofPayment = List.of(paymentTriggers, paymentQueries);
    }

    /** To be told just before payment is killed. */
    void paymentRestarts() {
        ofPayment.forEach(Counters::restarted);
    }

    OptionalLong triggers() {
        return sum(triggers);
    }

    OptionalLong queries() {
        return sum(queries);
    }

    private static OptionalLong sum(List<Counters> counters) {
        double[] known = counters.stream()
                .map(Counters::grown)
                .flatMapToDouble(java.util.OptionalDouble::stream)
                .toArray();
        return known.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round(java.util.Arrays.stream(known).sum()));
    }
}
