package io.triggerquery.consumer.test.broker;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.listener.ConsumerSettings;
import io.triggerquery.consumer.internal.listener.ListenerDefinition;
import io.triggerquery.consumer.internal.listener.ListenerSources;
import io.triggerquery.consumer.internal.listener.TriggerListenerPostProcessor;
import io.triggerquery.consumer.internal.query.SourceMethods;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The application under test and its listener under test.
 *
 * @param application the class that the application starts from
 * @param listener the method of the listener, and its annotation
 * @param settings the settings of the test, such as {@code spring.datasource.url=...}
 * @param group the consumer group of this run, unless the annotation names one
 */
record ApplicationUnderTest(
        Class<?> application, Map.Entry<Method, TriggerQueryListener> listener, List<String> settings, String group) {

    private static final MetadataLookup<TriggerQueryListener> ANNOTATION =
            method -> AnnotatedElementUtils.findMergedAnnotation(method, TriggerQueryListener.class);

    static ApplicationUnderTest of(Class<?> application, Class<?> listener, List<String> settings) {
        Set<Map.Entry<Method, TriggerQueryListener>> found =
                MethodIntrospector.selectMethods(listener, ANNOTATION).entrySet();
        if (found.size() != 1) {
            throw new IllegalArgumentException(listener.getName() + " has " + found.size()
                    + " methods with @TriggerQueryListener. Pass a class with one.");
        }
        if (found.iterator().next().getValue().source() == void.class) {
            throw new IllegalArgumentException("The listener of " + listener.getName()
                    + " names a SourceQuery, and this suite answers by HTTP. Test the listener with TriggerQueryKit.");
        }
        return new ApplicationUnderTest(
                application, found.iterator().next(), settings, "guarantees-" + UUID.randomUUID());
    }

    SourceMethods source() {
        return SourceMethods.of(listener.getValue().source());
    }

    /** Starts an instance. */
    Instance start(RealBroker broker, HttpSource source) {
        String prefix = "triggerquery.sources." + source().sourceName() + ".";
        ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .run(Stream.concat(
                                Stream.of(
                                        "spring.main.banner-mode=off",
                                        "spring.kafka.bootstrap-servers=" + broker.address(),
                                        "spring.kafka.consumer.group-id=" + group,
                                        prefix + "url=" + source.url(),
                                        prefix + "circuit-open-for=500ms",
                                        "triggerquery.defaults.back-off.initial=100ms",
                                        "triggerquery.defaults.back-off.max=1s",
                                        "triggerquery.defaults.missing-topics=create",
                                        "server.port=0"),
                                settings.stream())
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
        ListenerDefinition definition = definition(context);
        String ofListener = definition.subscription().groupId();
        return new Instance(context, definition.id(), definition.topics(), ofListener == null ? group : ofListener);
    }

    private ListenerDefinition definition(ConfigurableApplicationContext context) {
        String method = listener.getKey().getDeclaringClass().getName() + "."
                + listener.getKey().getName();
        return context
                .getBean(TriggerListenerPostProcessor.class)
                .definitions(
                        context.getBeanFactory(),
                        context.getBean(ConsumerSettings.class).listeners(),
                        new ListenerSources(context.getBeanFactory()))
                .stream()
                .filter(one -> one.names().method().equals(method))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The application has no trigger listener " + method + ". Make its class a bean."));
    }
}
