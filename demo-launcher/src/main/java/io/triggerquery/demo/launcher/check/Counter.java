package io.triggerquery.demo.launcher.check;

import io.triggerquery.demo.launcher.part.ServiceClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * The increase of a counter of both services since the start of the check, across restarts.
 *
 * <p>The counters of a restarted service start at zero, so a lower reading means a restart. Counts between the last
 * {@link #sample()} and the kill are missed: the sum may be a little too low, never too high.
 */
final class Counter {

    private final String path;
    private final Map<ServiceClient, Double> last = new LinkedHashMap<>();
    private double increase;
    private boolean known;

    Counter(String name, Services services) {
        this.path = "/actuator/metrics/" + name;
        last.put(services.billing(), read(services.billing()).orElse(0));
        last.put(services.payment(), read(services.payment()).orElse(0));
    }

    /** Reads the counter; called often enough that no restart is missed. */
    void sample() {
        last.replaceAll((service, before) -> {
            double now = read(service).orElse(before);
            increase += now < before ? now : now - before;
            return now;
        });
    }

    /** Returns the increase; empty if no service ever had such a counter. */
    OptionalLong increase() {
        return known ? OptionalLong.of(Math.round(increase)) : OptionalLong.empty();
    }

    private OptionalDouble read(ServiceClient service) {
        try {
            for (JsonNode measurement : service.get(path).path("measurements")) {
                if (measurement.path("statistic").asString("").equals("COUNT")) {
                    known = true;
                    return OptionalDouble.of(measurement.path("value").asDouble(0));
                }
            }
        } catch (IOException notNow) {
            // the number is only shown, so the check continues
        }
        return OptionalDouble.empty();
    }
}
