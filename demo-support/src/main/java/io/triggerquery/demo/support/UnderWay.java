package io.triggerquery.demo.support;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.ui.Model;

/**
 * Tells a page what its service has under way, from the endpoints and meters of trigger-query.
 *
 * <p>Threads: any. Bounds: without a broker, a report takes 2 s. No id is asked for after 1 s.
 */
public final class UnderWay {

    private static final Set<String> OPEN = Set.of("ready", "held", "running", "waiting", "deferred");

    private static final Duration MAX_ASKING = Duration.ofSeconds(1);

    private final Endpoints endpoints;
    private final MeterRegistry meters;
    private final Circuits circuits;
    private final ObjectProvider<FaultsInterceptor> faults;
    private final String otherPage;

    UnderWay(
            Endpoints endpoints,
            MeterRegistry meters,
            Circuits circuits,
            ObjectProvider<FaultsInterceptor> faults,
            @Value("${demo.other-page}") String otherPage) {
        this.endpoints = endpoints;
        this.meters = meters;
        this.circuits = circuits;
        this.faults = faults;
        this.otherPage = otherPage;
    }

    /** The state of one id. */
    record IdState(String state) {}

    /** Adds what the fragments of {@code parts.html} show. */
    public void addTo(Model model) {
        endpoints.read(Consuming.Reports.class, "triggerquery").stream()
                .flatMap(reports -> reports.listeners().stream())
                .findFirst()
                .ifPresent(listener -> model.addAttribute("consuming", consuming(listener)));
        endpoints.read(Producing.Reports.class, "triggerproducer").stream()
                .flatMap(reports -> reports.strategies().stream())
                .findFirst()
                .ifPresent(strategy -> model.addAttribute("producing", strategy));
        model.addAttribute("otherPage", otherPage);
        faults.ifAvailable(switched -> model.addAttribute("faults", switched.faults()));
    }

    /** Returns those ids of which this instance has received a trigger that is not applied yet. */
    public Set<String> pending(String listener, List<String> ids) {
        Gauge pending =
                meters.find("triggerquery.pending").tag("listener", listener).gauge();
        if (pending != null && pending.value() == 0) {
            return Set.of();
        }
        // other instances may be asked for an id, and one that has just died is waited for
        long end = System.nanoTime() + MAX_ASKING.toNanos();
        return ids.stream()
                .takeWhile(id -> System.nanoTime() - end < 0)
                .filter(id -> endpoints
                        .read(IdState.class, "triggerquery", listener, "ids", id)
                        .filter(state -> OPEN.contains(state.state()))
                        .isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Consuming consuming(Consuming.Report listener) {
        return new Consuming(
                listener,
                count("triggerquery.triggers"),
                count("triggerquery.queries"),
                circuits.openSince(listener.source().name()));
    }

    private long count(String meter) {
        return (long) meters.find(meter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
