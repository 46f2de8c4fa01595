package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.query.SourceSettings;
import java.util.Collection;
import java.util.Map;

/**
 * The validated settings of the consumer.
 *
 * @param listeners the settings of each listener
 * @param sources the settings of the sources, by name
 */
public record ConsumerSettings(Listeners listeners, Map<String, SourceSettings> sources) {

    /** The settings of each listener. */
    public interface Listeners {

        /**
         * Returns the settings of the listener with an id.
         *
         * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if one of them is out of bounds
         */
        ListenerSettings of(String id);

        /**
         * Checks that every setting of a single listener is one that a listener reads.
         *
         * @param ids the ids of all listeners
         * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if one has no effect
         */
        void check(Collection<String> ids);

        /** Returns the names, as they are written, of the settings below a group of the given listeners. */
        Collection<String> names(String group, Collection<String> ids);
    }
}
