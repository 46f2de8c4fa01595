package io.triggerquery.console.autoconfigure;

import io.triggerquery.console.internal.live.Overviews;
import io.triggerquery.console.internal.live.StreamThreads;
import io.triggerquery.console.internal.part.ConsolePart;
import io.triggerquery.console.internal.part.ConsumerPart;
import io.triggerquery.console.internal.part.DeadLettered;
import io.triggerquery.console.internal.part.EndpointAccess;
import io.triggerquery.console.internal.part.ProducerPart;
import io.triggerquery.console.internal.web.ConsoleRoutes;
import io.triggerquery.consumer.internal.actuate.Shown;
import io.triggerquery.consumer.internal.actuate.TriggerQueryEndpoint;
import io.triggerquery.consumer.internal.control.Audit;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.producer.internal.actuate.OperationLog;
import io.triggerquery.producer.internal.actuate.TriggerProducerEndpoint;
import io.triggerquery.producer.internal.relay.TriggerRelays;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** Provides the console, if {@code triggerquery.console.enabled} is true. */
@AutoConfiguration(
        afterName = {
            "io.triggerquery.consumer.autoconfigure.TriggerQueryActuatorAutoConfiguration",
            "io.triggerquery.producer.autoconfigure.TriggerProducerAutoConfiguration",
            "org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration"
        })
public final class TriggerConsoleAutoConfiguration {

    private static final String SECURITY = "org.springframework.security.web.SecurityFilterChain";

    /** Checks the settings before any bean is created, also while the console is switched off. */
    @Bean
    static BeanFactoryPostProcessor triggerUnknownConsoleSettings(Environment environment) {
        return beans -> new UnknownConsoleSettings(environment).check();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(TriggerConsoleProperties.PREFIX + ".enabled")
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(DispatcherServlet.class)
    @EnableConfigurationProperties(TriggerConsoleProperties.class)
    static class Enabled {

        @Bean
        RouterFunction<ServerResponse> triggerConsole(
                TriggerConsoleProperties settings,
                Environment environment,
                ResourceLoader classes,
                Overviews overviews,
                StreamThreads threads) {
            boolean hasSecurity = ClassUtils.isPresent(SECURITY, classes.getClassLoader());
            return ConsoleRoutes.of(
                    ConsoleAccess.path(settings),
                    environment.getProperty("spring.application.name"),
                    ConsoleAccess.of(settings, hasSecurity),
                    overviews,
                    threads.streams());
        }

        /** Has a mapper of its own: the application's conventions for JSON must not change what the page reads. */
        @Bean
        Overviews triggerConsoleOverviews(ObjectProvider<ConsolePart> parts) {
            return new Overviews(
                    parts.orderedStream().toList(), JsonMapper.builder().build(), InstantSource.system());
        }

        @Bean
        StreamThreads triggerConsoleStreams(Overviews overviews) {
            return new StreamThreads(overviews);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(TriggerConsoleProperties.PREFIX + ".enabled")
    @ConditionalOnClass(TriggerQueryEndpoint.class)
    @ConditionalOnBean(TriggerListeners.class)
    static class WithConsumer {

        /** Has its own instance of the endpoint, whose bean exists only if the actuator exposes it. */
        @Bean
        ConsolePart triggerConsoleConsumer(
                TriggerListeners listeners,
                Shown shown,
                Audit audit,
                ObjectProvider<EndpointAccess> access,
                DeadLettered deadLettered) {
            return new ConsumerPart(listeners::operations, shown, audit, first(access), deadLettered, command -> {
                var thread = new Thread(command, "triggerquery-console-letters");
                thread.setDaemon(true);
                thread.start();
            });
        }

        @Bean
        static DeadLettered triggerConsoleDeadLettered() {
            return new DeadLettered();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(TriggerConsoleProperties.PREFIX + ".enabled")
    @ConditionalOnClass(TriggerProducerEndpoint.class)
    @ConditionalOnBean(TriggerRelays.class)
    static class WithProducer {

        @Bean
        ConsolePart triggerConsoleProducer(
                TriggerRelays relays, OperationLog audit, ObjectProvider<EndpointAccess> access) {
            return new ProducerPart(new TriggerProducerEndpoint(relays.byStrategy(), audit), first(access));
        }
    }

    private static EndpointAccess first(ObjectProvider<EndpointAccess> access) {
        return access.getIfAvailable(() -> endpoint -> null);
    }

    /** Lets the setting of an endpoint's access count for the console too. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(TriggerConsoleProperties.PREFIX + ".enabled")
    @ConditionalOnClass(EndpointAccessResolver.class)
    static class WithActuator {

        @Bean
        EndpointAccess triggerConsoleEndpointAccess(ObjectProvider<EndpointAccessResolver> resolvers) {
            return endpoint -> {
                EndpointAccessResolver resolver = resolvers.getIfUnique();
                Access access = resolver == null
                        ? Access.UNRESTRICTED
                        : resolver.accessFor(EndpointId.of(endpoint), Access.UNRESTRICTED);
                return access == Access.UNRESTRICTED
                        ? null
                        : "The settings of the actuator limit the access to the endpoint " + endpoint + " to " + access
                                + ".";
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(TriggerConsoleProperties.PREFIX + ".enabled")
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class Reactive {

        @Bean
        static BeanFactoryPostProcessor triggerConsoleWithoutServlets() {
            return beans -> {
                throw new FailureAnalyzedException(
                        TriggerConsoleProperties.PREFIX + ".enabled has no effect, since this is a reactive web"
                                + " application: the console needs Spring MVC.",
                        "Remove the setting, or serve the console from another service of the group: it shows all"
                                + " instances.");
            };
        }
    }
}
