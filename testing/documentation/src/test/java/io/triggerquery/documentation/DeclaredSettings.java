package io.triggerquery.documentation;

import io.triggerquery.console.autoconfigure.TriggerConsoleProperties;
import io.triggerquery.consumer.autoconfigure.TriggerQueryProperties;
import io.triggerquery.documentation.page.Repository;
import io.triggerquery.producer.autoconfigure.TriggerProducerProperties;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The settings that the code declares; NAME stands for the key of a map. */
final class DeclaredSettings {

    /**
     * A setting.
     *
     * @param standard its default; empty if there is none
     * @param type the type of its value
     * @param part the component of a record that declares it
     */
    record Setting(String name, String standard, Type type, RecordComponent part) {}

    private final Map<String, Setting> settings = new TreeMap<>();

    private DeclaredSettings() {}

    /** Returns the defaults of all settings by their names; empty if there is none. */
    static Map<String, String> withDefaults() throws Exception {
        Map<String, String> defaults = new TreeMap<>();
        all().forEach((name, setting) -> defaults.put(name, setting.standard()));
        return defaults;
    }

    /** Returns all settings by their names. */
    static Map<String, Setting> all() throws Exception {
        DeclaredSettings settings = new DeclaredSettings();
        settings.add(TriggerQueryProperties.class);
        settings.add(TriggerProducerProperties.class);
        settings.add(TriggerConsoleProperties.class);
        URL relay = Repository.path("relay-service/target/classes/").toUri().toURL();
        try (URLClassLoader classes = new URLClassLoader(new URL[] {relay}, DeclaredSettings.class.getClassLoader())) {
            settings.add(classes.loadClass("io.triggerquery.relayservice.callers.Callers"));
        }
        return settings.settings;
    }

    private void add(Class<?> root) {
        addParts(root.getAnnotation(ConfigurationProperties.class).value(), root);
    }

    private void addParts(String prefix, Class<?> group) {
        RecordComponent[] parts = group.getRecordComponents();
        // the annotation is on the parameters of the constructor alone
        Parameter[] parameters = group.getDeclaredConstructors()[0].getParameters();
        for (int i = 0; i < parts.length; i++) {
            String name = prefix + "." + dashed(parts[i].getName());
            Type value = valueOfMap(parts[i].getGenericType());
            if (parts[i].getType().isRecord()) {
                addParts(name, parts[i].getType());
            } else if (value instanceof Class<?> entry && entry.isRecord()) {
                addParts(name + ".NAME", entry);
            } else {
                DefaultValue standard = parameters[i].getAnnotation(DefaultValue.class);
                settings.put(
                        name,
                        new Setting(
                                name,
                                standard == null ? "" : String.join(",", standard.value()),
                                parts[i].getGenericType(),
                                parts[i]));
            }
        }
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Type valueOfMap(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Map.class
                ? generic.getActualTypeArguments()[1]
                : type;
    }
}
