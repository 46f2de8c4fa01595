package io.triggerquery.consumer.autoconfigure;

import static io.triggerquery.consumer.autoconfigure.ListenerSettingNames.DEFAULTS;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The former names of settings: those of listeners were directly below {@code triggerquery}, and {@code parallelism}
 * was {@code concurrency}.
 */
final class RenamedSettings {

    private static final Map<ConfigurationPropertyName, String> RENAMED = Map.of(
            ConfigurationPropertyName.of("concurrency"), "parallelism",
            ConfigurationPropertyName.of("park-after"), "defer-after");

    private RenamedSettings() {}

    /** Returns the new name of a setting, or null if the name is not a former one. */
    static @Nullable ConfigurationPropertyName newName(
            ConfigurationPropertyName name, Collection<ConfigurationPropertyName> known) {
        boolean isListeners = DEFAULTS.isAncestorOf(name);
        ConfigurationPropertyName setting = name.subName(isListeners ? DEFAULTS.getNumberOfElements() : 1);
        String renamed = RENAMED.get(setting);
        if (renamed != null) {
            return DEFAULTS.append(renamed);
        }
        ConfigurationPropertyName moved = isListeners || setting.isEmpty() ? null : DEFAULTS.append(setting);
        // a variable may have an underscore for each dash
        return moved == null
                ? null
                : known.stream()
                        .filter(one ->
                                UnknownConsumerSettings.letters(one).equals(UnknownConsumerSettings.letters(moved)))
                        .findFirst()
                        .orElse(null);
    }

    /** Returns the setting of one listener, for messages. */
    static String ofOneListener(ConfigurationPropertyName ofAll) {
        return ListenerSettingNames.LISTENERS + ".ID." + ofAll.subName(DEFAULTS.getNumberOfElements());
    }
}
