package io.triggerquery.consumer.internal.query;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Detects interfaces that use the same source name by mistake. The second would ask at the first one's address, and be
 * held whenever the first one's service is away.
 *
 * <p>Threads: one, while the application starts.
 */
final class SharedNames {

    private final Map<String, SourceMethods> firsts = new HashMap<>();

    /**
     * Takes note of an interface.
     *
     * @throws FailureAnalyzedException if another one has its name, unless both say that it is shared
     */
    void take(SourceMethods source) {
        SourceMethods first = firsts.putIfAbsent(source.sourceName(), source);
        if (first == null
                || first.type() == source.type()
                || first.source().shared() && source.source().shared()) {
            return;
        }
        String name = source.sourceName();
        throw new FailureAnalyzedException(
                "The interfaces " + first.type().getName() + " and "
                        + source.type().getName() + " are both the source '" + name
                        + "', and would both ask at triggerquery.sources."
                        + name + ".url.",
                "Give one of them another name. If both are of one service, say so on each of them: @Source(value = \""
                        + name + "\", shared = true).");
    }
}
