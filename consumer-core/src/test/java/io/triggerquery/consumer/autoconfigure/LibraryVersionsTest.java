package io.triggerquery.consumer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.DefaultResourceLoader;

/** The start fails if the build's BOM manages a library that is too old. */
class LibraryVersionsTest {

    private static final String FEIGN = "feign/AsyncFeign.class";
    private static final String CIRCUIT = "io/github/resilience4j/circuitbreaker/CircuitBreaker.class";
    private static final String HTTP = "org/apache/hc/client5/http/impl/async/HttpAsyncClientBuilder.class";

    @TempDir
    Path directory;

    private URL jar(String type, String version, String properties) throws IOException {
        Path jar = Files.createTempFile(directory, "library", ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file, manifest)) {
            entries.putNextEntry(new JarEntry(type));
            if (!properties.isEmpty()) {
                entries.putNextEntry(new JarEntry(properties));
                entries.write(("version=" + version + "\n").getBytes());
            }
        }
        return jar.toUri().toURL();
    }

    @ParameterizedTest
    @CsvSource({
        FEIGN + ", 12.5, 13.0, feign-core, 13.13, META-INF/maven/io.github.openfeign/feign-core/pom.properties",
        CIRCUIT + ", 1.7.1, 2.0, resilience4j-circuitbreaker, 2.4.0, ''",
        HTTP + ", 5.5.1, 5.6, httpclient5, 5.6.5,"
                + " META-INF/maven/org.apache.httpcomponents.client5/httpclient5/pom.properties",
        HTTP + ", 5.5.1, 5.6, httpclient5, 5.6.5, ''",
    })
    void namesBothVersionsAndTheLineToAdd(
            String type, String version, String minimum, String artifact, String tested, String properties)
            throws IOException {
        assertThat(System.getProperty("java.class.path"))
                .as("the version that this build uses")
                .contains("/" + artifact + "-" + tested + ".jar");
        try (var loader = new URLClassLoader(new URL[] {jar(type, version, properties)}, null)) {
            assertThatExceptionOfType(FailureAnalyzedException.class)
                    .isThrownBy(() -> LibraryVersions.check(new DefaultResourceLoader(loader)))
                    .satisfies(failure -> {
                        assertThat(failure.analysis().getDescription())
                                .contains(artifact + " " + version, minimum + " or newer");
                        assertThat(failure.analysis().getAction())
                                .contains("<artifactId>" + artifact + "</artifactId><version>" + tested + "</version>");
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        FEIGN + ", 13.6.1",
        FEIGN + ", 13.0",
        FEIGN + ", 14",
        FEIGN + ", 13.13",
        FEIGN + ", 13.0-beta",
        CIRCUIT + ", 2.3.0",
        CIRCUIT + ", 10.0.0",
        HTTP + ", 5.6",
        HTTP + ", 6.0-alpha1",
    })
    void acceptsVersionsThatAreNewEnough(String type, String version) throws IOException {
        try (var loader = new URLClassLoader(new URL[] {jar(type, version, "")}, null)) {
            assertThatCode(() -> LibraryVersions.check(new DefaultResourceLoader(loader)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void acceptsLibrariesOfThisBuildAndUnknownVersions() throws IOException {
        assertThatCode(() -> LibraryVersions.check(new DefaultResourceLoader())).doesNotThrowAnyException();
        try (var none = new URLClassLoader(new URL[0], null)) {
            assertThatCode(() -> LibraryVersions.check(new DefaultResourceLoader(none)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void failsStartBeforeAnyListenerIsCreated() throws IOException {
        try (var loader = new OldFirst(jar(FEIGN, "12.5", ""), getClass().getClassLoader())) {
            new ApplicationContextRunner()
                    .withClassLoader(loader)
                    .withConfiguration(
                            AutoConfigurations.of(KafkaAutoConfiguration.class, TriggerQueryAutoConfiguration.class))
                    .run(context -> assertThat(context).getFailure().hasMessageContaining("feign-core 12.5"));
        }
    }

    /** Finds resources in one jar first. */
    private static final class OldFirst extends URLClassLoader {

        OldFirst(URL jar, ClassLoader parent) {
            super(new URL[] {jar}, parent);
        }

        @Override
        public URL getResource(String name) {
            URL own = findResource(name);
            return own == null ? super.getResource(name) : own;
        }
    }
}
