package io.triggerquery.consumer.test;

import io.triggerquery.consumer.autoconfigure.TriggerQueryProperties;
import io.triggerquery.consumer.internal.listener.ConsumerSettings;
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

    ConsumerSettings consumer() {
        return TriggerQueryProperties.settings(List.of(new MapConfigurationPropertySource(values)), value -> value);
    }
}
