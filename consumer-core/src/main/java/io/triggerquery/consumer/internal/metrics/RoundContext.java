package io.triggerquery.consumer.internal.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Propagator;
import io.micrometer.observation.transport.ReceiverContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The observed context of a round with links. Its carrier is the headers whose trace the round continues. */
final class RoundContext extends ReceiverContext<Headers> {

    private static final Propagator.Getter<Headers> HEADERS = RoundContext::header;

    private final List<Headers> linked;

    private RoundContext(List<Headers> linked) {
        super(HEADERS);
        this.linked = List.copyOf(linked);
        setCarrier(linked.get(0));
    }

    /**
     * Creates the context of a round. It continues the trace of the first id that has headers.
     *
     * @param contexts returns the headers of each id, or null
     * @param maxLinks the highest number of links
     */
    static Observation.Context of(int ids, IntFunction<@Nullable Object> contexts, int maxLinks) {
        List<Headers> found = new ArrayList<>();
        for (int i = 0; i < ids && found.size() < Math.max(1, maxLinks); i++) {
            if (contexts.apply(i) instanceof Headers headers) {
                found.add(headers);
            }
        }
        if (found.isEmpty()) {
            return new Observation.Context();
        }
        if (maxLinks > 0) {
            return new RoundContext(found);
        }
        var received = new ReceiverContext<>(HEADERS);
        received.setCarrier(found.get(0));
        return received;
    }

    /** Returns the headers of the triggers that the span links to. */
    List<Headers> linked() {
        return linked;
    }

    static @Nullable String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
