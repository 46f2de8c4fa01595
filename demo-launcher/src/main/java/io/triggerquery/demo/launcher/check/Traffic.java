package io.triggerquery.demo.launcher.check;

import java.net.URI;
import java.util.List;
import java.util.OptionalLong;

/** Counts the triggers that both services have received and their queries since the start of the check. */
final class Traffic {

    private static final String TRIGGERS = "triggerquery.triggers";
    private static final String QUERIES = "triggerquery.queries";

    private final List<Counters> triggers;
    private final List<Counters> queries;

    Traffic(URI billing, URI payment) {
        List<JsonClient> services = List.of(new JsonClient(billing), new JsonClient(payment));
        this.triggers = services.stream()
                .map(service -> new Counters(service, TRIGGERS))
                .toList();
        this.queries =
                services.stream().map(service -> new Counters(service, QUERIES)).toList();
    }

    void sample() {
        triggers.forEach(Counters::sample);
        queries.forEach(Counters::sample);
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
