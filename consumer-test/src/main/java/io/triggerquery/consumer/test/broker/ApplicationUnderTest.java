package io.triggerquery.consumer.test.broker;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.query.SourceMethods;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;

/**
 * The application under test and its listener under test.
 *
 * @param application the class that the application starts from
 * @param listener the annotation of the listener
 * @param settings the settings of the test, such as {@code spring.datasource.url=...}
 * @param group the consumer group of this run, unless the annotation names one
 */
record ApplicationUnderTest(Class<?> application, TriggerQueryListener listener, List<String> settings, String group) {

    private static final MetadataLookup<TriggerQueryListener> ANNOTATION =
            method -> AnnotatedElementUtils.findMergedAnnotation(method, TriggerQueryListener.class);

    static ApplicationUnderTest of(Class<?> application, Class<?> listener, List<String> settings) {
        Collection<TriggerQueryListener> found =
                MethodIntrospector.selectMethods(listener, ANNOTATION).values();
        if (found.size() != 1) {
            throw new IllegalArgumentException(listener.getName() + " has " + found.size()
                    + " methods with @TriggerQueryListener. Pass a class with one.");
        }
        if (found.iterator().next().source() == void.class) {
            throw new IllegalArgumentException("The listener of " + listener.getName()
                    + " names a SourceQuery, and this suite answers by HTTP. Test the listener with TriggerQueryKit.");
        }
        return new ApplicationUnderTest(
                application, found.iterator().next(), settings, "guarantees-" + UUID.randomUUID());
    }

    SourceMethods source() {
        return SourceMethods.of(listener.source());
    }

    /** Starts an instance. */
    Instance start(RealBroker broker, HttpSource source) {
        String prefix = "triggerquery.sources." + source().sourceName() + ".";
        ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .initializers(starting -> broker.create(topic(starting.getEnvironment())))
                .run(Stream.concat(
                                Stream.of(
                                        "spring.main.banner-mode=off",
                                        "spring.kafka.bootstrap-servers=" + broker.address(),
                                        "spring.kafka.consumer.group-id=" + group,
                                        prefix + "url=" + source.url(),
                                        prefix + "circuit-open-for=500ms",
                                        "triggerquery.back-off.initial=100ms",
                                        "triggerquery.back-off.max=1s",
                                        "server.port=0"),
                                settings.stream())
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
        Environment environment = context.getEnvironment();
        String id = environment.resolveRequiredPlaceholders(listener.id());
        String listenerGroup = environment.resolveRequiredPlaceholders(listener.groupId());
        String topic = topic(environment);
        return new Instance(context, id.isBlank() ? topic : id, topic, listenerGroup.isBlank() ? group : listenerGroup);
    }

    private String topic(Environment environment) {
        return environment.resolveRequiredPlaceholders(listener.topic());
    }
}
