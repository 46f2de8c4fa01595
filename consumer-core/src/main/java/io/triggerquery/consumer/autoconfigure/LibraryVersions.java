package io.triggerquery.consumer.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.io.ResourceLoader;

/**
 * Checks that the libraries whose versions a BOM of the application may manage are new enough. With an older one, the
 * first query would end with a {@link NoSuchMethodError}.
 *
 * <p>A library whose version its jar does not say passes.
 */
final class LibraryVersions {

    /**
     * A library.
     *
     * @param group its group
     * @param artifact its artifact
     * @param type the path of a class that it has in every version
     * @param minimum the lowest version that has all that is called
     * @param tested the version that this build uses
     */
    private record Library(String group, String artifact, String type, String minimum, String tested) {}

    private static final List<Library> LIBRARIES = List.of(
            new Library("io.github.openfeign", "feign-core", "feign/AsyncFeign.class", "13.0", "13.13"),
            new Library(
                    "io.github.resilience4j",
                    "resilience4j-circuitbreaker",
                    "io/github/resilience4j/circuitbreaker/CircuitBreaker.class",
                    "2.0",
                    "2.4.0"),
            new Library(
                    "org.apache.httpcomponents.client5",
                    "httpclient5",
                    "org/apache/hc/client5/http/impl/async/HttpAsyncClientBuilder.class",
                    "5.6",
                    "5.6.5"));

    private LibraryVersions() {}

    /**
     * Checks the libraries.
     *
     * @throws FailureAnalyzedException if one is too old
     */
    static void check(ResourceLoader classes) {
        LIBRARIES.forEach(library -> check(library, version(library, classes)));
    }

    private static void check(Library library, @Nullable String version) {
        if (version == null || !isOlder(version, library.minimum())) {
            return;
        }
        String name = library.group() + ":" + library.artifact();
        throw new FailureAnalyzedException(
                "The class path has " + name + " " + version + ", but trigger listeners need " + library.minimum()
                        + " or newer. A BOM or a property of the build manages the older version.",
                "Add to the dependencyManagement of the application's build: <dependency><groupId>" + library.group()
                        + "</groupId><artifactId>" + library.artifact() + "</artifactId><version>" + library.tested()
                        + "</version></dependency>");
    }

    private static @Nullable String version(Library library, ResourceLoader classes) {
        try {
            URL type = classes.getResource(ResourceLoader.CLASSPATH_URL_PREFIX + library.type())
                    .getURL();
            return type.openConnection() instanceof JarURLConnection jar ? version(library, jar) : null;
        } catch (IOException noneOrUnreadable) {
            return null;
        }
    }

    private static @Nullable String version(Library library, JarURLConnection jar) throws IOException {
        jar.setUseCaches(false);
        try (var file = jar.getJarFile()) {
            var built =
                    file.getEntry("META-INF/maven/" + library.group() + "/" + library.artifact() + "/pom.properties");
            if (built != null) {
                Properties properties = new Properties();
                try (InputStream content = file.getInputStream(built)) {
                    properties.load(content);
                }
                return properties.getProperty("version");
            }
            Manifest manifest = file.getManifest();
            return manifest == null
                    ? null
                    : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
    }

    private static boolean isOlder(String version, String minimum) {
        String[] actual = version.split("[.-]");
        String[] lowest = minimum.split("[.]");
        for (int i = 0; i < lowest.length; i++) {
            int number = i < actual.length && actual[i].matches("\\d{1,9}") ? Integer.parseInt(actual[i]) : 0;
            if (number != Integer.parseInt(lowest[i])) {
                return number < Integer.parseInt(lowest[i]);
            }
        }
        return false;
    }
}
