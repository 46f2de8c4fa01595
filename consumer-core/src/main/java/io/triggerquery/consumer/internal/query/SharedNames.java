package io.triggerquery.consumer.internal.query;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Detects sources that use the same source name by mistake. The second would query the first one's address, and
 * would be suspended whenever the first one's service is not available.
 *
 * <p>Threads: one, while the application starts.
 */
final class SharedNames {

    private final Map<String, SourceDefinition> firstByName = new HashMap<>();

    /**
     * Registers a source.
     *
     * @throws FailureAnalyzedException if another source has the same name, unless both are marked as shared
     */
    void register(SourceDefinition source) {
        SourceDefinition first = firstByName.putIfAbsent(source.sourceName(), source);
        if (first == null
                || first.description().equals(source.description())
                || first.source().shared() && source.source().shared()) {
            return;
        }
        String name = source.sourceName();
        throw new FailureAnalyzedException(
                "The sources " + first.description() + " and " + source.description() + " are both the source '" + name
                        + "', and would both query triggerquery.sources."
                        + name + ".url.",
                "Give one of them another name. If both belong to one service, mark each of them: @Source(value = \""
                        + name + "\", shared = true).");
    }
}
