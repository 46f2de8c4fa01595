package io.triggerquery.consumer.autoconfigure;

import static io.triggerquery.consumer.autoconfigure.ListenerSettingNames.LISTENERS;

import io.triggerquery.consumer.autoconfigure.UnknownConsumerSettings.Spelling;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Detects settings below {@code triggerquery.listeners} that no listener reads: of a listener that does not exist,
 * misspelt ones, and those of two listeners at once. Values are never shown.
 *
 * <p>A setting is known if looking up the settings of all listeners finds it.
 */
final class UnknownListenerSettings {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final Iterable<ConfigurationPropertySource> places;
    private final List<String> ids;

    /** The settings by their letters, as they are suggested. */
    private final Map<String, String> suggestions = new HashMap<>();

    private final Set<ConfigurationPropertyName> groups = new HashSet<>(Set.of(LISTENERS));

    UnknownListenerSettings(Iterable<ConfigurationPropertySource> places, List<String> ids) {
        this.places = places;
        this.ids = ids;
        for (String id : ids) {
            for (ConfigurationPropertyName prefix : ListenerSettingNames.prefixes(id)) {
                groups.add(prefix);
                ListenerSettingNames.ALL.groups().forEach(group -> groups.add(prefix.append(group)));
            }
            for (String setting : ListenerSettingNames.ALL.values()) {
                suggestions.put(UnknownConsumerSettings.letters(id + setting), LISTENERS + "." + id + "." + setting);
            }
        }
    }

    /**
     * Checks all settings below {@code triggerquery.listeners}.
     *
     * @throws FailureAnalyzedException if one has no effect, or several
     */
    void check() {
        Map<String, ConfigurationProperty> unknown = new LinkedHashMap<>();
        for (ConfigurationPropertySource place : places) {
            Set<String> known = known(place);
            if (place instanceof IterableConfigurationPropertySource settings) {
                boolean areVariables = place.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                settings.stream()
                        .filter(name -> LISTENERS.equals(name) || LISTENERS.isAncestorOf(name))
                        .map(settings::getConfigurationProperty)
                        .filter(setting -> setting != null
                                && !known.contains(SettingsOfListeners.written(setting))
                                && !isEmptyGroup(setting))
                        .forEach(setting -> {
                            if (areVariables && similar(setting) == null) {
                                log.warn(
                                        "This environment variable is not a setting and has no effect: {}",
                                        setting.getOrigin());
                            } else {
                                unknown.putIfAbsent(SettingsOfListeners.written(setting), setting);
                            }
                        });
            }
        }
        if (!unknown.isEmpty()) {
            throw failure(unknown);
        }
    }

    /** Returns the names, as they are written, of the settings that the listeners read in a place. */
    private Set<String> known(ConfigurationPropertySource place) {
        Map<String, String> readers = new HashMap<>();
        for (String id : ids) {
            for (String setting : ListenerSettingNames.ALL.values()) {
                SettingsOfListeners.in(place, ListenerSettingNames.prefixes(id), setting).stream()
                        .map(SettingsOfListeners::written)
                        .distinct()
                        .forEach(name -> claim(name, id, readers));
            }
        }
        return readers.keySet();
    }

    private static void claim(String setting, String id, Map<String, String> readers) {
        String other = readers.putIfAbsent(setting, id);
        if (other != null) {
            throw new FailureAnalyzedException(
                    "The setting " + setting + " would apply to two trigger listeners, '" + other + "' and '" + id
                            + "'.",
                    "Write the id in brackets, as in triggerquery.listeners[" + id
                            + "].max-batch, which distinguishes all characters; or give the listeners ids that differ"
                            + " in more than upper case, dashes and underscores.");
        }
    }

    private boolean isEmptyGroup(ConfigurationProperty setting) {
        return setting.getValue() instanceof String value && value.isBlank() && groups.contains(setting.getName());
    }

    private FailureAnalyzedException failure(Map<String, ConfigurationProperty> unknown) {
        String found = unknown.values().stream()
                .map(setting -> SettingsOfListeners.written(setting)
                        + UnknownConsumerSettings.origin(setting.getOrigin())
                        + reason(setting.getName()))
                .collect(Collectors.joining(", "));
        String meant = unknown.values().stream()
                .map(this::similar)
                .filter(name -> name != null)
                .distinct()
                .map(name -> " Did you mean " + name + "?")
                .collect(Collectors.joining());
        return new FailureAnalyzedException(
                "These settings of single trigger listeners have no effect: " + found + ".",
                "Correct or remove them." + meant
                        + (ids.isEmpty()
                                ? " The application has no trigger listener. Declare the class with the method as a bean."
                                : " The listeners are: " + String.join(", ", new TreeSet<>(ids)) + "."));
    }

    private String reason(ConfigurationPropertyName name) {
        return ids.stream()
                .filter(id -> ListenerSettingNames.prefixes(id).stream().anyMatch(prefix -> prefix.isAncestorOf(name)))
                .findFirst()
                .map(id -> ", because the listener '" + id + "' has no such setting")
                .orElse(", because no listener has this id");
    }

    private @Nullable String similar(ConfigurationProperty setting) {
        ConfigurationPropertyName below = setting.getName().subName(LISTENERS.getNumberOfElements());
        String closest = Spelling.closest(UnknownConsumerSettings.letters(below.toString()), suggestions.keySet());
        return closest == null ? null : suggestions.get(closest);
    }
}
