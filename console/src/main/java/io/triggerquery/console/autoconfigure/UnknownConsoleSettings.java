package io.triggerquery.console.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Detects settings below {@code triggerquery.console} that nothing reads, such as misspelt ones. They stop the start;
 * environment variables are only logged. Values are never shown.
 *
 * @param environment the settings of the application
 */
record UnknownConsoleSettings(Environment environment) {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.console");
    private static final ConfigurationPropertyName PREFIX =
            ConfigurationPropertyName.of(TriggerConsoleProperties.PREFIX);
    private static final Set<String> KNOWN = Arrays.stream(TriggerConsoleProperties.class.getRecordComponents())
            .map(component -> component.getName().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());

    /**
     * Checks for unknown settings.
     *
     * @throws FailureAnalyzedException if there is one
     */
    void check() {
        Set<String> unknown = new LinkedHashSet<>();
        Set<String> variables = new LinkedHashSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource settings) {
                // the platform sets variables as well, such as Kubernetes for a service "triggerquery-console"
                boolean areVariables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                settings.stream()
                        .filter(PREFIX::isAncestorOf)
                        .filter(name -> !isKnown(name))
                        .map(name -> name + origin(settings, name))
                        .forEach((areVariables ? variables : unknown)::add);
            }
        }
        if (!variables.isEmpty()) {
            log.warn("These environment variables are not settings and have no effect: {}", variables);
        }
        if (!unknown.isEmpty()) {
            throw new FailureAnalyzedException(
                    "These settings do not exist and would have no effect: " + String.join(", ", unknown) + ".",
                    "Correct or remove them. The settings of the console are enabled, path, read-role, operate-role"
                            + " and allow-remote.");
        }
    }

    /** Compares letters only: an environment variable may have an underscore for a dash, or nothing. */
    private static boolean isKnown(ConfigurationPropertyName name) {
        var letters = new StringBuilder();
        for (int element = PREFIX.getNumberOfElements(); element < name.getNumberOfElements(); element++) {
            letters.append(name.getElement(element, Form.UNIFORM));
        }
        return KNOWN.contains(letters.toString());
    }

    private static String origin(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        var setting = source.getConfigurationProperty(name);
        return setting == null || setting.getOrigin() == null ? "" : " (" + setting.getOrigin() + ")";
    }
}
