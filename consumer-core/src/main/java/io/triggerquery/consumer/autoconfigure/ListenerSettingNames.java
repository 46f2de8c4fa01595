package io.triggerquery.consumer.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The names of a listener's settings, in each of the places where they can be written.
 *
 * @param values the names of the settings, for example {@code back-off.max}
 * @param groups the names of the groups, for example {@code back-off}
 */
record ListenerSettingNames(List<String> values, List<String> groups) {

    static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of("triggerquery.defaults");
    static final ConfigurationPropertyName LISTENERS = ConfigurationPropertyName.of("triggerquery.listeners");

    /** The names of the settings in {@link ListenerProperties}. */
    static final ListenerSettingNames ALL = of(ListenerProperties.class);

    /** Returns the names of the settings in a type. */
    static ListenerSettingNames of(Class<?> type) {
        var names = new ListenerSettingNames(new ArrayList<>(), new ArrayList<>());
        names.add("", type);
        return names;
    }

    private void add(String prefix, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + DataObjectPropertyName.toDashedForm(component.getName());
            if (component.getType().isRecord()) {
                groups.add(name);
                add(name + ".", component.getType());
            } else {
                values.add(name);
            }
        }
    }

    /** Returns the forms in which the settings of a listener begin: with its id as it is, and in brackets. */
    static List<ConfigurationPropertyName> prefixes(String id) {
        return prefixes(LISTENERS, id);
    }

    /** Returns the forms in which the settings of a name begin: with the name as it is, and in brackets. */
    static List<ConfigurationPropertyName> prefixes(ConfigurationPropertyName parent, String name) {
        // accepts all characters, and ignores those that are not letters, digits, dots or brackets
        var plain = ConfigurationPropertyName.adapt(parent + "." + name, '.');
        boolean hasBrackets = name.indexOf('[') >= 0 || name.indexOf(']') >= 0;
        return hasBrackets ? List.of(plain) : List.of(plain, parent.append("[" + name + "]"));
    }
}
