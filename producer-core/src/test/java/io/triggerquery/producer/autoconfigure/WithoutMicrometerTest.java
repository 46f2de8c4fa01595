package io.triggerquery.producer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.TriggerPublisher;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An application whose class path does not contain the jar of micrometer-core. */
class WithoutMicrometerTest {

    @Test
    @SuppressWarnings("unchecked")
    void publisherIsAvailable() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader classLoader =
                new URLClassLoader(reducedClassPath(), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(classLoader);
            Callable<Boolean> start = (Callable<Boolean>) classLoader
                    .loadClass(Start.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            assertThat(start.call()).isTrue();
            assertThat(classLoader.getResource("io/micrometer/core/instrument/MeterRegistry.class"))
                    .isNull();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL[] reducedClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("micrometer-core"))
                .map(WithoutMicrometerTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }

    /** Runs on the reduced class path. Returns whether the application has a publisher. */
    public static final class Start implements Callable<Boolean> {

        @Override
        public Boolean call() {
            boolean[] publisher = new boolean[1];
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(KafkaAutoConfiguration.class, TriggerProducerAutoConfiguration.class))
                    .withPropertyValues("triggerquery.producer.disk-queue.directory=target/without-micrometer")
                    .run(context -> publisher[0] =
                            context.getBeansOfType(TriggerPublisher.class).size() == 1);
            return publisher[0];
        }
    }
}
