package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.internal.actuate.Shown;
import io.triggerquery.consumer.internal.listener.ConsumerSettings;
import io.triggerquery.consumer.internal.metrics.SpanSettings;
import io.triggerquery.consumer.internal.query.SourceSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;

/**
 * Settings of all trigger listeners. Those of one listener are below {@code triggerquery.listeners.ID}; they are not
 * bound here, since an id may contain dots.
 *
 * @param defaults The settings of all listeners.
 * @param sources The sources, by the names in @Source.
 * @param health When the health indicator is DOWN.
 * @param control The communication between the instances of a group.
 * @param endpoint What the endpoint shows.
 * @param tracing Additional contents of the spans of rounds.
 */
@ConfigurationProperties("triggerquery")
public record TriggerQueryProperties(
        @NestedConfigurationProperty @DefaultValue ListenerProperties defaults,
        @Nullable Map<String, SourceProperties> sources,
        @DefaultValue HealthProperties health,
        @DefaultValue ControlProperties control,
        @DefaultValue EndpointProperties endpoint,
        @DefaultValue TracingProperties tracing) {

    private static final ConfigurationPropertyName SOURCES = ConfigurationPropertyName.of("triggerquery.sources");
    private static final List<String> SOURCE_SETTINGS =
            ListenerSettingNames.of(SourceProperties.class).values();

    /**
     * When the health indicator is DOWN.
     *
     * @param stuckAfter How long the watermark of a partition with open deliveries may stay the same, or a listener be
     *     unable to read; 1 second to 1 day. Keep it well above defer-after, since until then one failing id holds the
     *     watermark.
     */
    public record HealthProperties(@DefaultValue("5m") Duration stuckAfter) {

        private void check() {
            Check.between("triggerquery.health.stuck-after", stuckAfter, Duration.ofSeconds(1), Duration.ofDays(1));
        }
    }

    /**
     * The communication between the instances of a group.
     *
     * @param enabled Whether the instances share the topic GROUP-triggerquery-control, for their statuses, for
     *     persistent pauses, and for commands to the instance that can execute them. Without it, each instance reports
     *     only its own state, and a pause applies to one instance until it stops.
     */
    public record ControlProperties(@DefaultValue("true") boolean enabled) {}

    /**
     * What the endpoint shows.
     *
     * @param showStates Whether answers contain states and values of dead letters, of up to 10,000 characters each.
     *     Versions are always shown.
     * @param showErrors Whether answers contain messages of exceptions, each as one line. They can quote data, for
     *     example of a database.
     */
    public record EndpointProperties(
            @DefaultValue("false") boolean showStates,
            @DefaultValue("true") boolean showErrors) {

        Shown toShown() {
            return new Shown(showStates, showErrors);
        }
    }

    /**
     * Additional contents of the spans of rounds.
     *
     * @param messagingAttributes Whether they have the messaging attributes and the names of OpenTelemetry's semantic
     *     conventions.
     * @param maxLinks The maximum number of links from the span of a round to the spans that sent its triggers, 0 to
     *     128. It needs Micrometer Tracing.
     */
    public record TracingProperties(
            @DefaultValue("false") boolean messagingAttributes,
            @DefaultValue("0") int maxLinks) {

        private void check() {
            Check.between("triggerquery.tracing.max-links", maxLinks, 0, SpanSettings.LINKS);
        }

        SpanSettings toSettings() {
            return new SpanSettings(messagingAttributes, maxLinks);
        }
    }

    /**
     * Reads and validates the settings of the consumer.
     *
     * @param places the settings, those that win first
     * @param placeholders resolves placeholders in values
     * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if a setting is out of bounds; its message
     *     names it
     */
    public static ConsumerSettings settings(
            Iterable<ConfigurationPropertySource> places, PlaceholdersResolver placeholders) {
        return new Binder(places, placeholders)
                .bindOrCreate("triggerquery", TriggerQueryProperties.class)
                .toSettings(places, placeholders);
    }

    /** Returns the names of the settings of a source that are written somewhere, and not only defaults. */
    private static Set<String> written(Iterable<ConfigurationPropertySource> places, String source) {
        List<ConfigurationPropertyName> prefixes = ListenerSettingNames.prefixes(SOURCES, source);
        Set<String> written = new HashSet<>();
        for (ConfigurationPropertySource place : places) {
            SOURCE_SETTINGS.stream()
                    .filter(setting -> prefixes.stream()
                            .anyMatch(prefix -> place.getConfigurationProperty(prefix.append(setting)) != null))
                    .forEach(written::add);
        }
        return written;
    }

    /** Validates and converts the settings. */
    ConsumerSettings toSettings(Iterable<ConfigurationPropertySource> places, PlaceholdersResolver placeholders) {
        health.check();
        tracing.check();
        Map<String, SourceSettings> byName = new HashMap<>();
        if (sources != null) {
            sources.forEach((name, source) -> byName.put(name, source.toSettings(name, written(places, name))));
        }
        var listeners = new SettingsOfListeners(places, placeholders);
        listeners.checkDefaults();
        return new ConsumerSettings(listeners, byName);
    }
}
