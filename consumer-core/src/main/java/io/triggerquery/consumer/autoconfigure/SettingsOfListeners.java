package io.triggerquery.consumer.autoconfigure;

import static io.triggerquery.consumer.autoconfigure.ListenerSettingNames.DEFAULTS;

import io.triggerquery.consumer.internal.listener.ConsumerSettings;
import io.triggerquery.consumer.internal.listener.ListenerSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;

/**
 * Reads the settings of a listener from {@code triggerquery.listeners.ID}, and those that are missing there from
 * {@code triggerquery.defaults}.
 *
 * <p>Each setting is looked up by its full name, because the names alone do not show where an id with dots ends. The id
 * can be written as it is, or in brackets.
 */
final class SettingsOfListeners implements ConsumerSettings.Listeners {

    private final Iterable<ConfigurationPropertySource> places;
    private final PlaceholdersResolver placeholders;

    SettingsOfListeners(Iterable<ConfigurationPropertySource> places, PlaceholdersResolver placeholders) {
        this.places = places;
        this.placeholders = placeholders;
    }

    /** Validates the settings of all listeners, also if there is no listener. */
    void checkDefaults() {
        bind(DEFAULTS, List.of());
    }

    @Override
    public ListenerSettings of(String id) {
        List<ConfigurationPropertyName> prefixes = ListenerSettingNames.prefixes(id);
        return bind(prefixes.get(0), prefixes);
    }

    private ListenerSettings bind(ConfigurationPropertyName target, List<ConfigurationPropertyName> prefixes) {
        ConfigurationPropertySource nearest = name -> {
            String setting = target.isAncestorOf(name)
                    ? name.subName(target.getNumberOfElements()).toString()
                    : "";
            return ListenerSettingNames.ALL.values().contains(setting) ? find(prefixes, setting) : null;
        };
        return new Binder(List.of(nearest), placeholders)
                .bindOrCreate(target.toString(), ListenerProperties.class)
                .toSettings(setting -> {
                    ConfigurationProperty found = find(prefixes, setting);
                    return found == null ? DEFAULTS + "." + setting : written(found);
                });
    }

    private @Nullable ConfigurationProperty find(List<ConfigurationPropertyName> prefixes, String setting) {
        for (ConfigurationPropertySource place : places) {
            List<ConfigurationProperty> found = in(place, prefixes, setting);
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        for (ConfigurationPropertySource place : places) {
            ConfigurationProperty found = place.getConfigurationProperty(DEFAULTS.append(setting));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Returns the setting of a listener in one place.
     *
     * @throws FailureAnalyzedException if it is written there in both forms
     */
    static List<ConfigurationProperty> in(
            ConfigurationPropertySource place, List<ConfigurationPropertyName> prefixes, String setting) {
        List<ConfigurationProperty> found = prefixes.stream()
                .map(prefix -> place.getConfigurationProperty(prefix.append(setting)))
                .filter(Objects::nonNull)
                .toList();
        if (found.size() > 1 && !written(found.get(0)).equals(written(found.get(1)))) {
            throw new FailureAnalyzedException(
                    "The settings " + written(found.get(0)) + " and " + written(found.get(1))
                            + " are the same setting of the same trigger listener"
                            + UnknownConsumerSettings.origin(found.get(0).getOrigin()) + ".",
                    "Remove one of them.");
        }
        return found;
    }

    /** Returns the name of a setting as it is written where it was found. */
    static String written(ConfigurationProperty found) {
        return Origin.from(found) instanceof PropertySourceOrigin origin
                ? origin.getPropertyName()
                : found.getName().toString();
    }

    @Override
    public void check(Collection<String> ids) {
        new UnknownListenerSettings(places, List.copyOf(ids)).check();
    }

    @Override
    public Collection<String> names(String group, Collection<String> ids) {
        List<List<ConfigurationPropertyName>> all = new ArrayList<>(List.of(List.of(DEFAULTS)));
        ids.forEach(id -> all.add(ListenerSettingNames.prefixes(id)));
        List<String> written = new ArrayList<>();
        for (String setting : ListenerSettingNames.ALL.values()) {
            if (setting.startsWith(group + ".")) {
                for (ConfigurationPropertySource place : places) {
                    all.forEach(prefixes -> in(place, prefixes, setting).stream()
                            .limit(1)
                            .map(SettingsOfListeners::written)
                            .forEach(written::add));
                }
            }
        }
        return written;
    }
}
