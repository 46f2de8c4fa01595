package io.triggerquery.consumer.test;

import io.triggerquery.consumer.autoconfigure.TriggerQueryProperties;
import io.triggerquery.consumer.internal.listener.ListenerDefinition;
import io.triggerquery.consumer.internal.listener.ListenerSettings;
import io.triggerquery.consumer.internal.listener.TriggerListenerPostProcessor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.PropertyPlaceholderHelper;

/** Reads settings from lines such as {@code triggerquery.defer-after=5m}, without an application. */
final class PlainSettings {

    private final Map<String, String> values = new HashMap<>();

    PlainSettings(String... lines) {
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + line + "' is not a setting. Write it as NAME=VALUE.");
            }
            values.put(line.substring(0, equals), line.substring(equals + 1));
        }
    }

    String resolve(String text) {
        return new PropertyPlaceholderHelper("${", "}", ":", '\\', false).replacePlaceholders(text, values::get);
    }

    /** Returns the definition of the only listener of an object. */
    ListenerDefinition definition(Object listener) {
        var finder = new TriggerListenerPostProcessor();
        finder.postProcessAfterInitialization(listener, "listener");
        List<ListenerDefinition> found = finder.definitions(this::resolve);
        if (found.size() != 1) {
            throw new IllegalArgumentException(listener.getClass().getName() + " has " + found.size()
                    + " methods with @TriggerQueryListener, but a kit is for one. Use an object with one, or a Spring"
                    + " test with @AutoConfigureTriggerQueryKit, which has a kit for each listener.");
        }
        return found.get(0);
    }

    ListenerSettings listener() {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("triggerquery", TriggerQueryProperties.class)
                .toSettings();
    }
}
