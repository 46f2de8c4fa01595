package io.triggerquery.producer.internal.settings;

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
 * Detects settings below {@code triggerquery.producer} that nothing reads, such as misspelt ones.
 *
 * <p>The known settings are those that Spring Boot's binder looks for. The application does not start with an unknown
 * setting, whatever its source. An environment variable that resembles no setting is only logged, because platforms set
 * variables too: Kubernetes sets {@code TRIGGERQUERY_SERVICE_HOST} for a service "triggerquery". Values are never
 * repeated.
 */
public final class UnknownProducerSettings {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.producer");

    private final Environment environment;
    private final Map<ConfigurationPropertyName, Kind> known = new TreeMap<>();

    /** The kinds of known names. */
    private enum Kind {
        VALUE,
        LIST,
        GROUP;

        static Kind of(Class<?> type) {
            boolean group = type.isRecord() || Map.class.isAssignableFrom(type);
            return group ? GROUP : Collection.class.isAssignableFrom(type) ? LIST : VALUE;
        }
    }

    /** Creates a check of an application's settings. */
    public UnknownProducerSettings(Environment environment) {
        this.environment = environment;
    }

    /** Adds all settings of a type as known. */
    public UnknownProducerSettings reads(String prefix, Class<?> type) {
        Binder.get(environment).bind(prefix, Bindable.of(type), new BindHandler() {
            @Override
            public <T> Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
                known.put(name, Kind.of(target.getType().resolve(Object.class)));
                return target;
            }

            @Override
            public @Nullable Object onFailure(
                    ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
                return null; // reported later, when the settings are bound
            }
        });
        return this;
    }

    /** Adds a setting as known. */
    public UnknownProducerSettings reads(String name) {
        known.put(ConfigurationPropertyName.of(name), Kind.VALUE);
        return this;
    }

    /**
     * Checks that all settings are known.
     *
     * @param filter the settings to check
     * @throws FailureAnalyzedException if there is an unknown setting
     */
    public void check(Predicate<ConfigurationPropertyName> filter) {
        Map<ConfigurationPropertyName, Origin> unknown = new LinkedHashMap<>();
        List<Origin> variables = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource settings) {
                boolean fromEnvironment = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                settings.stream()
                        .filter(filter)
                        .map(settings::getConfigurationProperty)
                        .forEach(setting -> {
                            if (fromEnvironment ? isKnownVariable(setting.getName()) : isKnown(setting)) {
                                return;
                            }
                            if (fromEnvironment && similar(setting.getName()) == null) {
                                variables.add(setting.getOrigin());
                            } else {
                                unknown.putIfAbsent(setting.getName(), setting.getOrigin());
                            }
                        });
            }
        }
        if (!variables.isEmpty()) {
            log.warn("These environment variables match no setting and have no effect: {}", variables);
        }
        reject(unknown);
    }

    /** Returns whether a name seems to be below the prefix with the last element of the prefix misspelt. */
    public static boolean resembles(ConfigurationPropertyName name, ConfigurationPropertyName prefix) {
        int depth = prefix.getNumberOfElements();
        return name.getNumberOfElements() > depth
                && prefix.getParent().isAncestorOf(name)
                && !prefix.isAncestorOf(name)
                && Spelling.closest(
                                name.getElement(depth - 1, Form.UNIFORM), List.of(prefix.getLastElement(Form.DASHED)))
                        != null;
    }

    private void reject(Map<ConfigurationPropertyName, Origin> unknown) {
        if (unknown.isEmpty()) {
            return;
        }
        String settings = unknown.entrySet().stream()
                .map(setting -> setting.getKey() + " (" + setting.getValue() + ")")
                .collect(Collectors.joining(", "));
        String suggestions = unknown.keySet().stream()
                .map(this::similar)
                .filter(name -> name != null)
                .distinct()
                .map(name -> " Did you mean " + name + "?")
                .collect(Collectors.joining());
        throw new FailureAnalyzedException(
                "There is no such setting, so it would have no effect: " + settings + ".",
                "Correct or remove it; keep your own settings below your own prefix." + suggestions);
    }

    private boolean isKnown(ConfigurationProperty setting) {
        ConfigurationPropertyName name = setting.getName();
        Kind kind = known.get(name);
        return kind == null
                ? name.isLastElementIndexed() && known.get(withoutIndex(name)) == Kind.LIST
                // an empty group is bound as a blank value
                : kind != Kind.GROUP || setting.getValue() instanceof String value && value.isBlank();
    }

    /**
     * Compares letters only: variables have no dashes, and an underscore for a dot or, in an older form, for a dash.
     */
    private boolean isKnownVariable(ConfigurationPropertyName name) {
        String letters = letters(withoutIndex(name));
        return known.keySet().stream().anyMatch(setting -> letters(setting).equals(letters));
    }

    private static ConfigurationPropertyName withoutIndex(ConfigurationPropertyName name) {
        return name.isLastElementIndexed() ? withoutIndex(name.getParent()) : name;
    }

    private static String letters(ConfigurationPropertyName name) {
        return name.toString().replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** Returns the name with its first unknown element replaced by a similar known one; null if none is similar. */
    private @Nullable ConfigurationPropertyName similar(ConfigurationPropertyName name) {
        int knownElements = 1;
        while (knownElements < name.getNumberOfElements() && known.containsKey(name.chop(knownElements + 1))) {
            knownElements++;
        }
        if (knownElements == name.getNumberOfElements()) {
            return null;
        }
        ConfigurationPropertyName parent = name.chop(knownElements);
        String closest = Spelling.closest(
                name.getElement(knownElements, Form.UNIFORM),
                known.keySet().stream()
                        .filter(parent::isParentOf)
                        .map(setting -> setting.getLastElement(Form.DASHED))
                        .toList());
        return closest == null ? null : parent.append(closest).append(name.subName(knownElements + 1));
    }

    /** Compares the spelling of words. */
    private static final class Spelling {

        private Spelling() {}

        /** Returns the word that differs least; null if none differs by only a few letters. */
        static @Nullable String closest(String word, Collection<String> words) {
            String closest = null;
            int minDistance = Math.max(1, word.length() / 3) + 1;
            for (String candidate : words) {
                int distance = distance(word, candidate.replace("-", ""));
                if (distance < minDistance) {
                    minDistance = distance;
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
