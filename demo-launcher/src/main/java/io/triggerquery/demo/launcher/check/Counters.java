package io.triggerquery.demo.launcher.check;

import java.io.IOException;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * How much a counter of one service has grown since the check began, over its restarts.
 *
 * <p>A service that starts again starts its counters at zero, so a reading below the one before means a restart. What
 * was counted between the last {@link #sample()} and the kill is not seen: the sum may be a little too low, never too
 * high.
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

    /** Reads the counter; to be called often enough that no restart goes unseen. */
    void sample() {
        read().ifPresent(now -> {
            grown += now < last ? now : now - last;
            last = now;
        });
    }

    /** Empty if the service never had such a counter. */
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
            // a number that is only shown is no reason to fail
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
