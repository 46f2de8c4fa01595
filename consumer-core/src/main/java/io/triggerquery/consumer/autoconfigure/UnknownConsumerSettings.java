package io.triggerquery.consumer.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Detects settings below {@code triggerquery} that nothing reads, such as misspelt ones.
 *
 * <p>The known settings are those that Spring Boot's binder looks up. An unknown setting stops the start, whatever its
 * origin. The exception is an environment variable that resembles no setting, which is logged, because the platform
 * sets variables as well, for example Kubernetes {@code TRIGGERQUERY_SERVICE_HOST} for a service "triggerquery". Values
 * are never shown.
 */
final class UnknownConsumerSettings {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final Environment environment;
    private final Map<ConfigurationPropertyName, Kind> known = new TreeMap<>();

    /** The kind of value that a known name can have. */
    private enum Kind {
        VALUE,
        LIST,
        GROUP;

        static Kind of(Class<?> type) {
            boolean group = type.isRecord() || Map.class.isAssignableFrom(type);
            return group ? GROUP : Collection.class.isAssignableFrom(type) ? LIST : VALUE;
        }
    }

    UnknownConsumerSettings(Environment environment) {
        this.environment = environment;
    }

    /** Registers all settings of a type as known. */
    UnknownConsumerSettings reads(String prefix, Class<?> type) {
        Binder.get(environment).bind(prefix, Bindable.of(type), new BindHandler() {
            @Override
            public <T> Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
                known.put(name, Kind.of(target.getType().resolve(Object.class)));
                return target;
            }

            @Override
            public @Nullable Object onFailure(
                    ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
                return null; // reported when the settings are bound
            }
        });
        return this;
    }

    /** Registers the settings of all listeners as known. */
    UnknownConsumerSettings readsDefaults() {
        ListenerSettingNames.ALL
                .groups()
                .forEach(group -> known.put(ListenerSettingNames.DEFAULTS.append(group), Kind.GROUP));
        ListenerSettingNames.ALL
                .values()
                .forEach(setting -> known.put(ListenerSettingNames.DEFAULTS.append(setting), Kind.VALUE));
        return this;
    }

    /** Registers prefixes as known. */
    UnknownConsumerSettings reads(List<ConfigurationPropertyName> prefixes) {
        prefixes.forEach(prefix -> known.put(prefix, Kind.GROUP));
        return this;
    }

    /**
     * Checks for unknown settings.
     *
     * @param included selects the settings to check
     * @throws FailureAnalyzedException if there is an unknown setting
     */
    void check(Predicate<ConfigurationPropertyName> included) {
        Map<ConfigurationPropertyName, Origin> unknown = new LinkedHashMap<>();
        List<Origin> variables = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource settings) {
                boolean areVariables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                settings.stream()
                        .filter(included)
                        .map(settings::getConfigurationProperty)
                        .forEach(setting -> {
                            if (areVariables ? isKnownVariable(setting.getName()) : isKnown(setting)) {
                                return;
                            }
                            if (areVariables && advice(setting.getName()).isEmpty()) {
                                variables.add(setting.getOrigin());
                            } else {
                                unknown.putIfAbsent(setting.getName(), setting.getOrigin());
                            }
                        });
            }
        }
        if (!variables.isEmpty()) {
            log.warn("These environment variables are not settings and have no effect: {}", variables);
        }
        failIfUnknown(unknown);
    }

    private void failIfUnknown(Map<ConfigurationPropertyName, Origin> unknown) {
        if (unknown.isEmpty()) {
            return;
        }
        String found = unknown.entrySet().stream()
                .map(setting -> setting.getKey() + origin(setting.getValue()))
                .collect(Collectors.joining(", "));
        String suggestions =
                unknown.keySet().stream().map(this::advice).distinct().collect(Collectors.joining());
        throw new FailureAnalyzedException(
                "These settings do not exist and would have no effect: " + found + ".",
                "Correct or remove them. Keep your own settings under your own prefix." + suggestions);
    }

    private String advice(ConfigurationPropertyName name) {
        ConfigurationPropertyName moved = RenamedSettings.newName(name, known.keySet());
        if (moved != null) {
            return " " + name + " is now " + moved + "; for one listener it is " + RenamedSettings.ofOneListener(moved)
                    + ".";
        }
        ConfigurationPropertyName similar = similar(name);
        return similar == null ? "" : " Did you mean " + similar + "?";
    }

    private boolean isKnown(ConfigurationProperty setting) {
        ConfigurationPropertyName name = setting.getName();
        Kind kind = known.get(name);
        return kind == null
                ? name.isLastElementIndexed() && known.get(withoutIndex(name)) == Kind.LIST
                // an empty group is bound as an empty value
                : kind != Kind.GROUP || setting.getValue() instanceof String value && value.isBlank();
    }

    /**
     * Returns whether the variable names a known setting. Variables have no dashes, and an underscore for each dot or,
     * in an older form, also for each dash.
     */
    private boolean isKnownVariable(ConfigurationPropertyName name) {
        String letters = letters(withoutIndex(name));
        return known.keySet().stream().anyMatch(setting -> letters(setting).equals(letters));
    }

    private static ConfigurationPropertyName withoutIndex(ConfigurationPropertyName name) {
        return name.isLastElementIndexed() ? withoutIndex(name.getParent()) : name;
    }

    /** Returns the letters and digits of a name, in lower case. */
    static String letters(ConfigurationPropertyName name) {
        return letters(name.toString());
    }

    /** Returns the letters and digits, in lower case. */
    static String letters(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** Returns where a setting is written, for messages. */
    static String origin(@Nullable Origin origin) {
        return origin == null ? "" : " (" + origin + ")";
    }

    /**
     * Returns the name with its first unknown element replaced by the most similar known one; null if none is similar.
     */
    private @Nullable ConfigurationPropertyName similar(ConfigurationPropertyName name) {
        int knownElements = 1;
        while (knownElements < name.getNumberOfElements() && known.containsKey(name.chop(knownElements + 1))) {
            knownElements++;
        }
        if (knownElements == name.getNumberOfElements()) {
            return null;
        }
        ConfigurationPropertyName parent = name.chop(knownElements);
        ConfigurationPropertyName rest = name.subName(knownElements);
        ConfigurationPropertyName there = similar(parent, rest);
        boolean isRoot = knownElements == 1;
        // most settings are below defaults, where they may be forgotten
        return there == null && isRoot ? similar(ListenerSettingNames.DEFAULTS, rest) : there;
    }

    private @Nullable ConfigurationPropertyName similar(
            ConfigurationPropertyName parent, ConfigurationPropertyName rest) {
        String closest = Spelling.closest(
                rest.getElement(0, Form.UNIFORM),
                known.keySet().stream()
                        .filter(parent::isParentOf)
                        .map(setting -> setting.getLastElement(Form.DASHED))
                        .toList());
        return closest == null ? null : parent.append(closest).append(rest.subName(1));
    }

    /** Compares words by their letters. */
    static final class Spelling {

        private Spelling() {}

        /** Returns the most similar word, or null if none differs by only a few letters. */
        static @Nullable String closest(String word, Collection<String> words) {
            String closest = null;
            int least = Math.max(1, word.length() / 3) + 1;
            for (String candidate : words) {
                int distance = distance(word, candidate.replace("-", ""));
                if (distance < least) {
                    least = distance;
                    closest = candidate;
                }
            }
            return closest;
        }

        /** Returns how many letters must be added, removed or replaced. */
        private static int distance(String one, String other) {
            int[] above = new int[other.length() + 1];
            for (int column = 0; column <= other.length(); column++) {
                above[column] = column;
            }
            for (int row = 1; row <= one.length(); row++) {
                int[] current = new int[other.length() + 1];
                current[0] = row;
                for (int column = 1; column <= other.length(); column++) {
                    int replaced = above[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                    current[column] = Math.min(replaced, Math.min(above[column], current[column - 1]) + 1);
                }
                above = current;
            }
            return above[other.length()];
        }
    }
}
