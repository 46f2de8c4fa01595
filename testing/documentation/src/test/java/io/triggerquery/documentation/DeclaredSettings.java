package io.triggerquery.documentation;

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

/** The settings that the code declares, with their defaults; NAME stands for the key of a map. */
final class DeclaredSettings {

    private final Map<String, String> defaults = new TreeMap<>();

    private DeclaredSettings() {}

    /** Returns all settings; the default is empty if there is none. */
    static Map<String, String> withDefaults() throws Exception {
        DeclaredSettings settings = new DeclaredSettings();
        settings.add(TriggerQueryProperties.class);
        settings.add(TriggerProducerProperties.class);
        URL relay = Repository.path("relay-service/target/classes/").toUri().toURL();
        try (URLClassLoader classes = new URLClassLoader(new URL[] {relay}, DeclaredSettings.class.getClassLoader())) {
            settings.add(classes.loadClass("io.triggerquery.relayservice.callers.Callers"));
        }
        return settings.defaults;
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
                defaults.put(name, standard == null ? "" : String.join(",", standard.value()));
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
