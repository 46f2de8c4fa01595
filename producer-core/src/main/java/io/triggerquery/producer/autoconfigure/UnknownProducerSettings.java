package io.triggerquery.producer.autoconfigure;

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
 * <p>What is read is what Boot's own binder looks for. A setting that nothing reads stops the start, wherever it comes from,
 * but for an environment variable that resembles no setting: the platform sets variables as well, such as Kubernetes
 * {@code TRIGGERQUERY_SERVICE_HOST} for a service "triggerquery". That one is logged. Values are never repeated.
 */
public final class UnknownProducerSettings {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.producer");

    private final Environment environment;
    private final Map<ConfigurationPropertyName, Kind> known = new TreeMap<>();

    /** What a known name can have. */
    private enum Kind {
        VALUE,
        LIST,
        GROUP;

        static Kind of(Class<?> type) {
            boolean group = type.isRecord() || Map.class.isAssignableFrom(type);
            return group ? GROUP : Collection.class.isAssignableFrom(type) ? LIST : VALUE;
        }
    }

    /** Looks at the settings of an application. */
    public UnknownProducerSettings(Environment environment) {
        this.environment = environment;
    }

    /** Takes all settings of a type as known. */
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
                return null; // reported when the settings are bound
            }
        });
        return this;
    }

    /** Takes one setting as known. */
    public UnknownProducerSettings reads(String name) {
        known.put(ConfigurationPropertyName.of(name), Kind.VALUE);
        return this;
    }

    /**
     * Looks for settings that nothing reads.
     *
     * @param ours which settings are looked at
     * @throws FailureAnalyzedException if there is one
     */
    public void check(Predicate<ConfigurationPropertyName> ours) {
        Map<ConfigurationPropertyName, Origin> unknown = new LinkedHashMap<>();
        List<Origin> variables = new ArrayList<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource settings) {
                boolean areVariables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                settings.stream()
                        .filter(ours)
                        .map(settings::getConfigurationProperty)
                        .forEach(setting -> {
                            if (areVariables ? isKnownVariable(setting.getName()) : isKnown(setting)) {
                                return;
                            }
                            if (areVariables && similar(setting.getName()) == null) {
                                variables.add(setting.getOrigin());
                            } else {
                                unknown.putIfAbsent(setting.getName(), setting.getOrigin());
                            }
                        });
            }
        }
        if (!variables.isEmpty()) {
            log.warn("There are environment variables that are no settings and have no effect: {}", variables);
        }
        refuse(unknown);
    }

    /** Whether a name looks like one below the prefix with its last element misspelt. */
    public static boolean resembles(ConfigurationPropertyName name, ConfigurationPropertyName prefix) {
        int depth = prefix.getNumberOfElements();
        return name.getNumberOfElements() > depth
                && prefix.getParent().isAncestorOf(name)
                && !prefix.isAncestorOf(name)
                && Spelling.closest(
                                name.getElement(depth - 1, Form.UNIFORM), List.of(prefix.getLastElement(Form.DASHED)))
                        != null;
    }

    private void refuse(Map<ConfigurationPropertyName, Origin> unknown) {
        if (unknown.isEmpty()) {
            return;
        }
        String found = unknown.entrySet().stream()
                .map(setting -> setting.getKey() + " (" + setting.getValue() + ")")
                .collect(Collectors.joining(", "));
        String meant = unknown.keySet().stream()
                .map(this::similar)
                .filter(name -> name != null)
                .distinct()
                .map(name -> " Did you mean " + name + "?")
                .collect(Collectors.joining());
        throw new FailureAnalyzedException(
                "There is no such setting, so it would have no effect: " + found + ".",
                "Correct it or remove it; keep settings of your own under a prefix of your own." + meant);
    }

    private boolean isKnown(ConfigurationProperty setting) {
        ConfigurationPropertyName name = setting.getName();
        Kind kind = known.get(name);
        return kind == null
                ? name.isLastElementIndexed() && known.get(withoutIndex(name)) == Kind.LIST
                // a group without anything in it is an empty value
                : kind != Kind.GROUP || setting.getValue() instanceof String value && value.isBlank();
    }

    /** Variables have no dashes, and an underline for each dot or, in an older form, for each dash too. */
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

    /** The name with its first wrong element replaced by the known one that it resembles; null if it resembles none. */
    private @Nullable ConfigurationPropertyName similar(ConfigurationPropertyName name) {
        int right = 1;
        while (right < name.getNumberOfElements() && known.containsKey(name.chop(right + 1))) {
            right++;
        }
        if (right == name.getNumberOfElements()) {
            return null;
        }
        ConfigurationPropertyName parent = name.chop(right);
        String closest = Spelling.closest(
                name.getElement(right, Form.UNIFORM),
                known.keySet().stream()
                        .filter(parent::isParentOf)
                        .map(setting -> setting.getLastElement(Form.DASHED))
                        .toList());
        return closest == null ? null : parent.append(closest).append(name.subName(right + 1));
    }

    /** How alike words are. */
    private static final class Spelling {

        private Spelling() {}

        /** The word that differs least, if it differs by a few letters only. */
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

        /** How many letters must be added, removed or replaced. */
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
