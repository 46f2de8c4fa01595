package io.triggerquery.documentation;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.triggerquery.documentation.page.Block;
import io.triggerquery.documentation.page.Page;
import io.triggerquery.documentation.page.Yaml;
import io.triggerquery.documentation.settings.ListeningApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;

/** An application with a listener and a publisher starts with each YAML snippet; an unknown setting fails the start. */
class SettingsSnippetsIT {

    // what a snippet about something else leaves out
    private static final Map<String, Object> LEFT_OUT = Map.of(
            "spring.application.name", "payment",
            "spring.kafka.consumer.group-id", "payment",
            "triggerquery.sources.billing.url", "http://127.0.0.1:1",
            "BILLING_TOKEN", "token",
            "BILLING_KEY", "key",
            "triggerquery.producer.relay-service.url", "http://127.0.0.1:1",
            "triggerquery.producer.relay-service.user", "payment",
            "triggerquery.producer.relay-service.password", "secret");

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> everySnippetIsAccepted() {
        ConfigurationMetadata known = ConfigurationMetadata.onTheClassPath();
        Set<Object> started = new HashSet<>();
        return Page.blocksIn("yaml")
                // the same in another language
                .filter(block -> started.add(Yaml.settings(block).getSource()))
                .map(block -> dynamicTest(block.where(), () -> {
                    Yaml.names(block).forEach(name -> known.check(block.where(), name));
                    start(block);
                }));
    }

    private void start(Block block) {
        Map<String, Object> here = Map.of(
                "spring.main.banner-mode", "off",
                "spring.kafka.bootstrap-servers", "127.0.0.1:1",
                "spring.kafka.listener.auto-startup", "false",
                "triggerquery.producer.memory-queue.shutdown-timeout", "0s",
                "triggerquery.producer.disk-queue.directory", directory.toString());
        try (ConfigurableApplicationContext started = new SpringApplicationBuilder(ListeningApplication.class)
                .initializers(context -> {
                    MutablePropertySources sources = context.getEnvironment().getPropertySources();
                    sources.addFirst(Yaml.settings(block));
                    sources.addFirst(new MapPropertySource("here", here));
                    sources.addLast(new MapPropertySource("left out", LEFT_OUT));
                    sources.addLast(new MapPropertySource("files", files()));
                })
                .run()) {
            started.isRunning();
        } catch (RuntimeException e) {
            throw new AssertionError(
                    block.where() + ": no application starts with these settings; correct them. " + reason(e), e);
        }
    }

    private Map<String, Object> files() {
        return Map.of("BILLING_TOKEN_FILE", write("token", "token"), "TLS", TlsFiles.in(directory));
    }

    private String write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof FailureAnalyzedException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof FailureAnalyzedException analyzed
                ? analyzed.analysis().getDescription() + " "
                        + analyzed.analysis().getAction()
                : String.valueOf(cause.getMessage());
    }
}
