package io.triggerquery.producer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.TriggerPublisher;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.core.NestedExceptionUtils;

/** An application whose class path does not contain the jar of sqlite-jdbc. */
class WithoutSqliteTest {

    private static URLClassLoader classLoader;

    @TempDir
    Path directory;

    @BeforeAll
    static void createClassLoader() {
        classLoader = new URLClassLoader(reducedClassPath(), ClassLoader.getPlatformClassLoader());
        assertThat(classLoader.getResource("org/sqlite/SQLiteConfig.class")).isNull();
    }

    @AfterAll
    static void close() throws IOException {
        classLoader.close();
    }

    @Test
    void defaultStrategyNamesTheMissingDependency() throws Exception {
        assertThat(start("triggerquery.producer.disk-queue.directory=" + directory))
                .contains("disk-queue, which is the default, needs SQLite")
                .contains("Add the dependency org.xerial:sqlite-jdbc")
                .contains("triggerquery.producer.strategy");
    }

    @Test
    void everyOtherStrategyStarts() throws Exception {
        assertThat(start(
                        "triggerquery.producer.strategy=retry",
                        "triggerquery.producer.destinations.queued.topic=queued",
                        "triggerquery.producer.destinations.queued.strategy=memory-queue",
                        "triggerquery.producer.destinations.relayed.topic=relayed",
                        "triggerquery.producer.destinations.relayed.strategy=relay",
                        "triggerquery.producer.destinations.registered.topic=registered",
                        "triggerquery.producer.destinations.registered.strategy=registration"))
                .isEqualTo("started");
    }

    @Test
    void triggersOfAnEarlierDiskQueueAreReported() throws Exception {
        Files.writeString(directory.resolve("triggers.db"), "");

        assertThat(onReducedClassPath(Leftovers.class, directory.toString()))
                .contains("SQLite is not on the class path", directory + " has a disk queue", "sqlite-jdbc");
        assertThat(onReducedClassPath(Leftovers.class, directory.resolve("none").toString()))
                .isEqualTo("0");
    }

    private static String start(String... settings) throws Exception {
        return onReducedClassPath(Start.class, String.join("\n", settings));
    }

    @SuppressWarnings("unchecked")
    private static String onReducedClassPath(Class<?> program, String argument) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(classLoader);
        try {
            return ((Function<String, String>) classLoader
                            .loadClass(program.getName())
                            .getDeclaredConstructor()
                            .newInstance())
                    .apply(argument);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL[] reducedClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("sqlite-jdbc"))
                .map(WithoutSqliteTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }

    /** Starts an application with the given settings. Returns "started" or the analysis of the failure. */
    public static final class Start implements Function<String, String> {

        @Override
        public String apply(String settings) {
            String[] result = new String[1];
            runner().withPropertyValues(settings.split("\n"))
                    .run(context -> result[0] = context.getStartupFailure() == null
                            ? context.getBeansOfType(TriggerPublisher.class).size() == 1 ? "started" : "no publisher"
                            : text(context.getStartupFailure()));
            return result[0];
        }

        static ApplicationContextRunner runner() {
            return new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(
                            KafkaAutoConfiguration.class,
                            ValidationAutoConfiguration.class,
                            TriggerProducerAutoConfiguration.class))
                    .withPropertyValues(
                            "triggerquery.producer.relay-service.url=http://127.0.0.1:9",
                            "triggerquery.producer.relay-service.user=billing",
                            "triggerquery.producer.relay-service.password=secret",
                            "triggerquery.producer.destinations.changed.topic=changed");
        }

        private static String text(Throwable failure) {
            return NestedExceptionUtils.getMostSpecificCause(failure) instanceof FailureAnalyzedException analyzed
                    ? analyzed.analysis().getDescription() + " "
                            + analyzed.analysis().getAction()
                    : failure.toString();
        }
    }

    /** Counts the waiting triggers in a directory. Returns the number, or the message of the failure. */
    public static final class Leftovers implements Function<String, String> {

        @Override
        public String apply(String directory) {
            String[] result = new String[1];
            Start.runner()
                    .withPropertyValues(
                            "triggerquery.producer.strategy=retry",
                            "triggerquery.producer.disk-queue.directory=" + directory)
                    .run(context -> {
                        try {
                            result[0] = "" + context.getBean(Stores.class).countWaiting(StrategyName.DISK_QUEUE);
                        } catch (IllegalStateException reported) {
                            result[0] = reported.getMessage();
                        }
                    });
            return result[0];
        }
    }
}
