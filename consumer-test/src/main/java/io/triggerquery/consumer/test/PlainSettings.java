package io.triggerquery.consumer.test;

import io.triggerquery.consumer.autoconfigure.TriggerQueryProperties;
import io.triggerquery.consumer.internal.listener.ConsumerSettings;
import io.triggerquery.consumer.internal.listener.ListenerDefinition;
import io.triggerquery.consumer.internal.listener.ListenerSources;
import io.triggerquery.consumer.internal.listener.TriggerListenerPostProcessor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.expression.StandardBeanExpressionResolver;
import org.springframework.util.PropertyPlaceholderHelper;

/** Reads settings from lines such as {@code triggerquery.defaults.defer-after=5m}, without an application. */
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

    /** Returns a factory without beans, which resolves placeholders and expressions. */
    ConfigurableBeanFactory beans() {
        var beans = new DefaultListableBeanFactory();
        beans.addEmbeddedValueResolver(this::resolve);
        beans.setBeanExpressionResolver(new StandardBeanExpressionResolver());
        return beans;
    }

    private String resolve(String text) {
        return new PropertyPlaceholderHelper("${", "}", ":", '\\', false).replacePlaceholders(text, values::get);
    }

    /** Returns the definition of the only listener of an object. */
    ListenerDefinition definition(Object listener) {
        var finder = new TriggerListenerPostProcessor();
        finder.postProcessAfterInitialization(listener, "listener");
        ConsumerSettings.Listeners listeners = consumer().listeners();
        List<ListenerDefinition> found = finder.definitions(beans(), listeners, new ListenerSources(null));
        if (found.size() != 1) {
            throw new IllegalArgumentException(listener.getClass().getName() + " has " + found.size()
                    + " methods with @TriggerQueryListener, but a kit is for one. Use an object with one, or a Spring"
                    + " test with @AutoConfigureTriggerQueryKit, which has a kit for each listener.");
        }
        listeners.check(List.of(found.get(0).id()));
        return found.get(0);
    }

    ConsumerSettings consumer() {
        return TriggerQueryProperties.settings(List.of(new MapConfigurationPropertySource(values)), value -> value);
    }
}
