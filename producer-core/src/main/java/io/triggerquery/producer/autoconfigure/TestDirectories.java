package io.triggerquery.producer.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Gives each context of Spring's test framework a disk queue in a temporary directory, unless the test sets one. The
 * framework keeps several contexts open at a time, and triggers left by one test run must not be sent in the next.
 */
final class TestDirectories implements ContextCustomizerFactory {

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        return new OwnDirectory();
    }

    /** All instances are equal, so that tests can still share a context. */
    private record OwnDirectory() implements ContextCustomizer {

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
            Path directory = Path.of(System.getProperty("java.io.tmpdir"), "triggers-" + UUID.randomUUID());
            context.getEnvironment()
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "triggersOfTheTest",
                            Map.of(TriggerProducerProperties.PREFIX + ".disk-queue.directory", directory.toString())));
            if (context.getBeanFactory() instanceof DefaultListableBeanFactory beans) {
                // the bean registered first is destroyed last
                beans.registerDisposableBean("triggersOfTheTest", new Removal(directory));
            }
        }
    }

    private record Removal(Path directory) implements DisposableBean {

        private static final Logger log = LoggerFactory.getLogger(TestDirectories.class);

        @Override
        public void destroy() {
            if (!Files.exists(directory)) {
                return;
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                log.debug("The directory of a test could not be deleted: {}", directory, e);
            }
        }
    }
}
