package io.triggerquery.consumer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.listener.TriggerListeners;
import io.triggerquery.consumer.internal.query.Failures;
import java.io.File;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application without the optional dependencies, whose jars are removed from the class path. */
class WithoutOptionalsTest {

    private static final List<String> OPTIONAL = List.of(
            "micrometer-core",
            "spring-boot-actuator",
            "spring-boot-health",
            "feign-micrometer",
            "spring-jdbc",
            "spring-web", // also spring-webflux and spring-webmvc
            "reactor-core");

    @Test
    @SuppressWarnings("unchecked")
    void listenerExistsWithoutOptionalDependencies() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (var bare = new URLClassLoader(bareClassPath(), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(bare);
            var start = (Callable<Integer>) bare.loadClass(Start.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            assertThat(start.call()).isEqualTo(1);
            assertThat(Stream.of(
                            "io/micrometer/core/instrument/MeterRegistry.class",
                            "org/springframework/boot/actuate/endpoint/annotation/Endpoint.class",
                            "org/springframework/boot/actuate/autoconfigure/endpoint/EndpointAutoConfiguration.class",
                            "org/springframework/boot/health/contributor/HealthIndicator.class",
                            "feign/micrometer/MicrometerObservationCapability.class",
                            "org/springframework/web/client/RestClientException.class",
                            "org/springframework/web/reactive/function/client/WebClientException.class"))
                    .allSatisfy(name -> assertThat(bare.getResource(name)).isNull())
                    .allSatisfy(name -> assertThat(before.getResource(name)).isNotNull());
            // of which all tests of this module run without
            assertThat(before.getResource("org/springframework/cloud/openfeign/FeignClient.class"))
                    .isNull();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL[] bareClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> OPTIONAL.stream().noneMatch(entry::contains))
                .map(WithoutOptionalsTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }

    @Source("things")
    interface Things {

        @RequestLine("GET /api/things/{id}")
        Thing byId(@Param("id") String id);
    }

    record Thing(String id) {}

    static final class Projection {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(Thing thing) {}
    }

    /** Runs on the reduced class path. Returns how many listeners the application has. */
    public static final class Start implements Callable<Integer> {

        @Override
        public Integer call() {
            if (new Failures(List.of()).kindOf(new IllegalStateException(new ConnectException()))
                    != FailureKind.UNAVAILABLE) {
                throw new AssertionError("A refused connection is about every id.");
            }
            int[] listeners = new int[1];
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(
                            KafkaAutoConfiguration.class,
                            ResyncAutoConfiguration.class,
                            ProjectionGuardAutoConfiguration.class,
                            TriggerQueryAutoConfiguration.class,
                            TriggerQueryActuatorAutoConfiguration.class))
                    .withBean(Projection.class, Projection::new)
                    .withPropertyValues(
                            "spring.kafka.listener.auto-startup=false",
                            "spring.kafka.consumer.group-id=g",
                            "triggerquery.sources.things.url=http://127.0.0.1:9")
                    .run(context -> listeners[0] =
                            context.getBean(TriggerListeners.class).operations().size());
            return listeners[0];
        }
    }
}
