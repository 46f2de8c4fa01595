package io.triggerquery.proof.oracle;

import java.util.List;
import java.util.Map;

/**
 * A way to keep triggers, as a row of the table.
 *
 * @param settings of the producer, without their common beginning
 * @param admitted what it may lose without a report
 */
public record Strategy(String name, Map<String, String> settings, Window admitted) {

    /** All of them. */
    public static final List<Strategy> ALL = List.of(new Strategy("outbox", Map.of("strategy", "outbox"), Window.NONE));

    /** The one of that name. */
    public static Strategy of(String name) {
        return ALL.stream()
                .filter(strategy -> strategy.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no strategy " + name + " among " + ALL));
    }

    @Override
    public String toString() {
        return name;
    }
}
