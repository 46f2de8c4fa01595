package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.ProjectedIds;
import io.triggerquery.consumer.ProjectedVersions;
import io.triggerquery.consumer.ResyncSource;
import io.triggerquery.consumer.internal.engine.Query;
import io.triggerquery.consumer.internal.metrics.ObservedListener;
import io.triggerquery.consumer.internal.metrics.ObserverFactory;
import io.triggerquery.consumer.internal.monitor.ConsistencyMonitor;
import io.triggerquery.consumer.internal.resync.Resyncs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Assembles the monitor of a listener.
 *
 * @param monitors receives it
 * @param resyncs finds the beans that list the source and the projection
 * @param settings names the settings that are written
 */
record MonitorAssembly(Monitors monitors, Resyncs resyncs, ConsumerSettings.Listeners settings) {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final String GROUP = "consistency";

    /**
     * Returns the monitor of a listener, or empty if its projection cannot be read or its rate is 0.
     *
     * @throws FailureAnalyzedException if the listener has a setting for it that has no effect
     */
    Optional<ConsistencyMonitor> assemble(
            ObservedListener observed, Query<?> query, ListenerChecks work, ObserverFactory observers) {
        ListenerDefinition definition = work.definition();
        String id = definition.id();
        Optional<ProjectedVersions> projected = resyncs.projectedVersions(id);
        int rate = definition.settings().checksPerSecond();
        if (projected.isEmpty()) {
            requireNoSetting(id);
        }
        if (projected.isEmpty() || rate == 0) {
            return Optional.empty();
        }
        Optional<ResyncSource> source = resyncs.source(id);
        var sides = new ListenerSides(id, query, projected.get(), source.orElse(null), definition.idRule());
        ConsistencyMonitor monitor = monitors.add(id, rate, sides, work);
        observers.monitored(observed, monitor);
        log.info(
                "{}: The consistency monitor checks up to {} ids per second, a sample of received triggers.{}{}{}",
                id,
                rate,
                source.isPresent()
                        ? " It also samples the ids that the source lists."
                        : " Without a ResyncSource it does not sample the ids that the source lists.",
                projected.get() instanceof ProjectedIds
                        ? " It also samples the ids that the projection lists."
                        : " Without ProjectedIds it does not sample the ids that the projection lists, and does not"
                                + " check deletions without a version.",
                definition.source().source().version().isEmpty()
                        ? " @Source names no version: unless answers have versions, it finds ids that only one side"
                                + " has, and no old states."
                        : "");
        return Optional.of(monitor);
    }

    private void requireNoSetting(String id) {
        Collection<String> ofAll = settings.names(GROUP, List.of());
        List<String> ofListener = new ArrayList<>(settings.names(GROUP, List.of(id)));
        ofListener.removeAll(ofAll);
        if (!ofListener.isEmpty()) {
            throw new FailureAnalyzedException(
                    "The setting " + ofListener.get(0) + " would have no effect, because the trigger listener '" + id
                            + "' has no bean of type " + ProjectedVersions.class.getName() + ".",
                    "Remove the setting, or provide such a bean.");
        }
    }
}
