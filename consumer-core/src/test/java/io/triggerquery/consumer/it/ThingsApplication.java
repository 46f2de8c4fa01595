package io.triggerquery.consumer.it;

import feign.FeignException;
import feign.Param;
import feign.RequestLine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;

/** A complete application: a source, a state, one annotated method. */
@SpringBootConfiguration
@EnableAutoConfiguration
class ThingsApplication {

    @Source("things")
    interface ThingSource {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id, long version) {}

    /** The local copy, shared by all instances like a database. */
    static final class Things {

        final ConcurrentMap<String, Long> versions = new ConcurrentHashMap<>();

        @TriggerQueryListener(topics = "${things.topic}", source = ThingSource.class)
        void project(Thing thing) {
            versions.merge(thing.id(), thing.version(), Math::max);
        }
    }

    /** The settings of a listener in its own group, which defers failing ids soon. */
    static Map<String, String> settings(String topic, SourceServer source) {
        return new HashMap<>(Map.of(
                "things.topic",
                topic,
                "spring.kafka.bootstrap-servers",
                Broker.address(),
                "spring.kafka.consumer.group-id",
                topic,
                "triggerquery.defaults.defer-after",
                "1s",
                "triggerquery.sources.things.url",
                source.url()));
    }

    /** A rule that makes each rejection by the source permanent. */
    static Optional<FailureKind> permanent(Throwable failure) {
        return failure instanceof FeignException ? Optional.of(FailureKind.PERMANENT) : Optional.empty();
    }

    static ConfigurableApplicationContext start(Object listener, Map<String, String> settings) {
        return start(listener, settings, context -> {});
    }

    static ConfigurableApplicationContext start(
            Object listener, Map<String, String> settings, Consumer<GenericApplicationContext> more) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "spring.main.banner-mode", "off",
                "spring.kafka.consumer.group-id", "it",
                "triggerquery.defaults.back-off.initial", "100ms",
                "triggerquery.defaults.back-off.max", "500ms"));
        properties.putAll(settings);
        return new SpringApplicationBuilder(ThingsApplication.class)
                .initializers(
                        context -> register((GenericApplicationContext) context, listener),
                        context -> more.accept((GenericApplicationContext) context))
                .run(properties.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }

    private static <T> void register(GenericApplicationContext context, T bean) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) bean.getClass();
        context.registerBean(type, () -> bean);
    }

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }
}
