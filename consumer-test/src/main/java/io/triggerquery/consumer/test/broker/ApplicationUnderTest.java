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
 * @param listener the listener under test
 * @param settings the settings of the test, such as {@code spring.datasource.url=...}
 * @param group the consumer group of this run, unless the annotation names one
 */
record ApplicationUnderTest(Class<?> application, Listener listener, List<String> settings, String group) {

    /**
     * A listener.
     *
     * @param name the class and the method, or the record
     * @param annotation its annotation
     */
    record Listener(String name, TriggerQueryListener annotation) {

        static Listener of(Class<?> type) {
            TriggerQueryListener ofRecord =
                    AnnotatedElementUtils.findMergedAnnotation(type, TriggerQueryListener.class);
            if (ofRecord != null) {
                return new Listener(type.getName(), ofRecord);
            }
            Set<Map.Entry<Method, TriggerQueryListener>> found =
                    MethodIntrospector.selectMethods(type, ANNOTATION).entrySet();
            if (found.size() != 1) {
                throw new IllegalArgumentException(type.getName() + " has " + found.size()
                        + " methods with @TriggerQueryListener. Pass a class with one, or a record that has it.");
            }
            Map.Entry<Method, TriggerQueryListener> only = found.iterator().next();
            Method method = only.getKey();
            return new Listener(method.getDeclaringClass().getName() + "." + method.getName(), only.getValue());
        }
    }

    private static final MetadataLookup<TriggerQueryListener> ANNOTATION =
            method -> AnnotatedElementUtils.findMergedAnnotation(method, TriggerQueryListener.class);

    static ApplicationUnderTest of(Class<?> application, Class<?> listener, List<String> settings) {
        Listener found = Listener.of(listener);
        if (found.annotation().source() == void.class) {
            throw new IllegalArgumentException("The listener of " + listener.getName()
                    + " names a SourceQuery, and this suite answers by HTTP. Test the listener with TriggerQueryKit.");
        }
        return new ApplicationUnderTest(application, found, settings, "guarantees-" + UUID.randomUUID());
    }

    SourceMethods source() {
        return SourceMethods.of(listener.annotation().source());
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
        return context
                .getBean(TriggerListenerPostProcessor.class)
                .definitions(
                        context.getBeanFactory(),
                        context.getBean(ConsumerSettings.class).listeners(),
                        new ListenerSources(context.getBeanFactory()))
                .stream()
                .filter(one -> one.names().method().equals(listener.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The application has no trigger listener " + listener.name() + ". Make its class a bean."));
    }
}
