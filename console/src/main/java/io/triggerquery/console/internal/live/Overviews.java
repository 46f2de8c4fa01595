package io.triggerquery.console.internal.live;

import io.triggerquery.console.internal.part.ConsolePart;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes overviews of all parts.
 *
 * <p>Threads: any.
 *
 * @param parts what is in an overview
 * @param json writes it
 */
public record Overviews(List<ConsolePart> parts, JsonMapper json, InstantSource clock) {

    /**
     * An overview.
     *
     * @param at when it was taken
     * @param parts what each part shows, by its name
     */
    public record Overview(Instant at, Map<String, Object> parts) {}

    /** Takes an overview. */
    public Overview take() {
        Map<String, Object> shown = new TreeMap<>();
        parts.forEach(part -> shown.put(part.name(), part.overview()));
        return new Overview(clock.instant(), shown);
    }

    /** Takes an overview as one line of JSON. */
    String line() {
        return json.writeValueAsString(take());
    }
}
