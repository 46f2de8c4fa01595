package io.triggerquery.demo.launcher.check;

import java.io.IOException;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * The increase of a service's counter since the start of the check, across restarts.
 *
 * <p>The counters of a restarted service start at zero, so a lower reading means a restart. Counts between the last
 * {@link #sample()} and the kill are missed: the sum may be a little too low, never too high.
 */
final class Counters {

    private final JsonClient service;
    private final String name;
    private double last;
    private double grown;
    private boolean seen;

    Counters(JsonClient service, String name) {
        this.service = service;
        this.name = name;
        this.last = read().orElse(0);
    }

    /** Reads the counter; called often enough that no restart is missed. */
    void sample() {
        read().ifPresent(now -> {
            grown += now < last ? now : now - last;
            last = now;
        });
    }

    /** Returns the increase; empty if the service never had such a counter. */
    OptionalDouble grown() {
        return seen ? OptionalDouble.of(grown) : OptionalDouble.empty();
    }

    private OptionalDouble read() {
        try {
            OptionalDouble count = service.find("/actuator/metrics/" + name)
                    .map(Counters::count)
                    .orElse(OptionalDouble.empty());
            seen = seen || count.isPresent();
            return count;
        } catch (IOException notNow) {
            // the number is only shown, so the check continues
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble count(JsonNode metric) {
        for (JsonNode measurement : metric.path("measurements")) {
            if (measurement.path("statistic").asString("").equals("COUNT")) {
                return OptionalDouble.of(measurement.path("value").asDouble(0));
            }
        }
        return OptionalDouble.empty();
    }
}
