package io.triggerquery.consumer.autoconfigure;

import feign.Capability;
import feign.RequestInterceptor;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.internal.control.Audit;
import io.triggerquery.consumer.internal.failure.MemoryWatch;
import io.triggerquery.consumer.internal.kafka.ControlTopics;
import io.triggerquery.consumer.internal.kafka.DeclaredTopics;
import io.triggerquery.consumer.internal.kafka.ListenerContainers;
import io.triggerquery.consumer.internal.listener.ConsumerSettings;
import io.triggerquery.consumer.internal.listener.ListenerAssembly;
import io.triggerquery.consumer.internal.listener.ListenerAssembly.Comparisons;
import io.triggerquery.consumer.internal.listener.ListenerAssembly.Surroundings;
import io.triggerquery.consumer.internal.listener.ListenerFigures;
import io.triggerquery.consumer.internal.listener.TopicsAtStart;
import io.triggerquery.consumer.internal.listener.TriggerListenerPostProcessor;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.internal.metrics.CompositeObserverFactory;
import io.triggerquery.consumer.internal.metrics.Logs;
import io.triggerquery.consumer.internal.metrics.Meters;
import io.triggerquery.consumer.internal.metrics.ObserverFactory;
import io.triggerquery.consumer.internal.metrics.Spans;
import io.triggerquery.consumer.internal.query.Failures;
import io.triggerquery.consumer.internal.query.HttpParts;
import io.triggerquery.consumer.internal.query.Interceptors;
import io.triggerquery.consumer.internal.query.Interceptors.InterceptorBean;
import io.triggerquery.consumer.internal.query.Sources;
import io.triggerquery.consumer.spi.BackOff;
import io.triggerquery.consumer.spi.HttpClientCustomizer;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import tools.jackson.databind.json.JsonMapper;

/** Provides the beans that listeners with {@code @TriggerQueryListener} need. */
@AutoConfiguration(
        after = KafkaAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@EnableConfigurationProperties(TriggerQueryProperties.class)
@Import(SpanConfiguration.class)
public final class TriggerQueryAutoConfiguration {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("triggerquery");
    /** Settings that others check, or that belong to other services that share the file. */
    private static final List<ConfigurationPropertyName> OTHERS =
            List.of(ROOT.append("producer"), ROOT.append("relay-service"), ROOT.append("console"));

    @Bean
    static TriggerListenerPostProcessor triggerListenerPostProcessor() {
        return new TriggerListenerPostProcessor();
    }

    /** Checks the versions of libraries before a class that needs them is used. */
    @Bean
    static BeanFactoryPostProcessor triggerLibraryVersions(ResourceLoader resources) {
        return beans -> LibraryVersions.check(resources);
    }

    @Bean
    static ProjectionRecords triggerProjectionRecords(Environment environment, ResourceLoader resources) {
        return new ProjectionRecords(environment, resources);
    }

    /** Checks the settings before any bean is created. */
    @Bean
    static BeanFactoryPostProcessor triggerUnknownSettings(Environment environment) {
        return beans -> new UnknownConsumerSettings(environment)
                .reads("triggerquery", TriggerQueryProperties.class)
                .readsDefaults()
                .reads(OTHERS)
                // checked when the ids of the listeners are known
                .reads(List.of(ListenerSettingNames.LISTENERS))
                .check(name -> ROOT.isAncestorOf(name)
                        && OTHERS.stream().noneMatch(other -> other.isAncestorOf(name))
                        && !ListenerSettingNames.LISTENERS.isAncestorOf(name)
                        && !ListenerSettingNames.LISTENERS.equals(name));
    }

    @Bean
    TriggerListeners triggerListeners(
            ConfigurableListableBeanFactory beans,
            TriggerListenerPostProcessor methods,
            ListenerAssembly assembly,
            ListenerFigures figures) {
        return new TriggerListeners(beans, methods, assembly, figures);
    }

    @Bean
    ListenerFigures triggerListenerFigures() {
        return new ListenerFigures();
    }

    @Bean
    TopicsAtStart triggerTopicsAtStart(TriggerListeners listeners, DeclaredTopics declared) {
        return new TopicsAtStart(listeners, declared);
    }

    @Bean
    DeclaredTopics triggerDeclaredTopics(
            ObjectProvider<NewTopic> topics, ObjectProvider<KafkaAdmin> admins, ObjectProvider<KafkaProperties> kafka) {
        Set<String> names = topics.stream().map(NewTopic::name).collect(Collectors.toSet());
        KafkaProperties properties = kafka.getIfAvailable(() -> {
            throw excluded(KafkaAutoConfiguration.class);
        });
        Runnable creation =
                properties.getAdmin().isAutoCreate() ? () -> admins.forEach(KafkaAdmin::initialize) : () -> {};
        return new DeclaredTopics(names, creation);
    }

    /** Excludes listeners from lazy initialization: no other bean depends on them, so they would never be created. */
    @Bean
    static LazyInitializationExcludeFilter triggerListenersAreNotLazy() {
        return (name, definition, type) ->
                type == TriggerListeners.class || TriggerListenerPostProcessor.hasListener(type);
    }

    @Bean
    ListenerAssembly triggerListenerAssembly(
            ConsumerSettings settings,
            Surroundings surroundings,
            Sources sources,
            ListenerContainers containers,
            TimerThread timer,
            ObjectProvider<Comparisons> comparisons) {
        return new ListenerAssembly(
                settings, surroundings, sources, containers, timer, comparisons.getIfAvailable(() -> {
                    throw excluded(ResyncAutoConfiguration.class);
                }));
    }

    @Bean
    ConsumerSettings triggerConsumerSettings(TriggerQueryProperties properties, Environment environment) {
        return properties.toSettings(
                ConfigurationPropertySources.get(environment), new PropertySourcesPlaceholdersResolver(environment));
    }

    @Bean
    Surroundings triggerListenerSurroundings(
            ConfigurableBeanFactory beans,
            Environment environment,
            ObjectProvider<ObserverFactory> observers,
            ObjectProvider<BackOff> backOff,
            Failures failures) {
        return new Surroundings(
                beans,
                Threading.VIRTUAL.isActive(environment),
                new CompositeObserverFactory(observers.orderedStream().toList()),
                failures,
                backOff.getIfAvailable());
    }

    @Bean
    Failures triggerFailures(ObjectProvider<FailureRule> rules, MemoryWatch memory) {
        return new Failures(rules.orderedStream().toList(), memory);
    }

    @Bean
    MemoryWatch triggerMemoryWatch() {
        return new MemoryWatch();
    }

    @Bean
    Sources triggerSources(
            ObjectProvider<CircuitBreakerRegistry> circuits, Sources.Feign feign, HttpParts http, Failures failures) {
        return new Sources(circuits.getIfAvailable(CircuitBreakerRegistry::ofDefaults), feign, http, failures);
    }

    @Bean
    Sources.Feign triggerFeignParts(
            ObjectProvider<JsonMapper> json,
            ObjectProvider<Capability> capabilities,
            ObjectProvider<RequestInterceptor> interceptors,
            ConfigurableListableBeanFactory beans,
            Spans spans) {
        return new Sources.Feign(
                json.getIfAvailable(JsonMapper::shared),
                capabilities.orderedStream().toList(),
                interceptors(interceptors, beans),
                spans::captureContext);
    }

    /** A bean with a qualifier is for the source of that name, another for all sources. */
    private static Interceptors interceptors(
            ObjectProvider<RequestInterceptor> inOrder, ConfigurableListableBeanFactory beans) {
        Map<RequestInterceptor, String> names = new IdentityHashMap<>();
        beans.getBeansOfType(RequestInterceptor.class, false, true).forEach((name, bean) -> names.put(bean, name));
        return new Interceptors(inOrder.orderedStream()
                .map(bean -> {
                    String name = names.getOrDefault(bean, "");
                    Qualifier source = name.isEmpty() ? null : beans.findAnnotationOnBean(name, Qualifier.class);
                    return new InterceptorBean(name, source == null ? null : source.value(), bean);
                })
                .toList());
    }

    @Bean
    HttpParts triggerHttpParts(ObjectProvider<SslBundles> bundles, ObjectProvider<HttpClientCustomizer> customizers) {
        return new HttpParts(
                bundles.getIfAvailable(), customizers.orderedStream().toList());
    }

    @Bean
    ListenerContainers triggerListenerContainers(
            ObjectProvider<KafkaListenerEndpointRegistry> registry,
            TimerThread timer,
            ObjectProvider<DeclaredTopics> declared,
            ControlTopics controls) {
        return new ListenerContainers(
                registry.getIfAvailable(() -> {
                    throw excluded(KafkaAutoConfiguration.class);
                }),
                timer,
                InstantSource.system(),
                declared::getObject,
                controls);
    }

    @Bean
    ControlTopics triggerControlTopics(TriggerQueryProperties properties, Audit audit) {
        return new ControlTopics(properties.control().enabled(), InstanceName.create(), audit);
    }

    @Bean
    Audit triggerAudit() {
        return new Audit(InstantSource.system());
    }

    private static FailureAnalyzedException excluded(Class<?> configuration) {
        return new FailureAnalyzedException(
                "Trigger listeners need " + configuration.getName() + ", which is excluded or has backed off.",
                "Remove it from the excluded auto-configurations, or exclude "
                        + TriggerQueryAutoConfiguration.class.getName()
                        + " as well if this application has no trigger listeners.");
    }

    @Bean
    TimerThread triggerTimer() {
        return new TimerThread();
    }

    @Bean
    ObserverFactory triggerLogs() {
        return new Logs();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class WithMeters {

        @Bean
        ObserverFactory triggerMeters(ObjectProvider<MeterRegistry> registries) {
            MeterRegistry registry = registries.getIfAvailable(SimpleMeterRegistry::new);
            return new Meters(registry, InstantSource.system());
        }
    }
}
