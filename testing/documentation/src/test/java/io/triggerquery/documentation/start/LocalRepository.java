package io.triggerquery.documentation.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.documentation.page.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A local Maven repository that has what is published, and finds everything else in the developer's. */
record LocalRepository(Path directory, Path developers) {

    private static final String VERSION = "0.1.0-SNAPSHOT";

    static LocalRepository in(Path directory) throws IOException {
        install(directory, "triggerquery-bom", Repository.path("bom/pom.xml"), ".pom");
        for (String module : List.of("consumer-core", "consumer-test", "producer-core")) {
            String artifact = Repository.artifact(module);
            install(directory, artifact, Repository.path(module + "/.flattened-pom.xml"), ".pom");
            install(
                    directory,
                    artifact,
                    Repository.path(module + "/target/" + artifact + "-" + VERSION + ".jar"),
                    ".jar");
        }
        return new LocalRepository(directory, developersRepository());
    }

    private static void install(Path directory, String artifact, Path file, String ending) throws IOException {
        if (!Files.exists(file)) {
            throw new AssertionError(file + " is missing; build with: ./mvnw -pl testing/documentation -am verify");
        }
        Path folder = directory.resolve(Path.of("io", "triggerquery", artifact, VERSION));
        Files.createDirectories(folder);
        Files.copy(file, folder.resolve(artifact + "-" + VERSION + ending));
    }

    /** Returns the repository that this test's own class path is from. */
    private static Path developersRepository() {
        String jar = Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(path -> path.endsWith(".jar") && path.contains("/org/springframework/spring-core/"))
                .findFirst()
                .orElseThrow();
        return Path.of(jar.substring(0, jar.indexOf("/org/springframework/spring-core/")));
    }

    /** Runs the tests of a project with the Maven of this build, and returns what it prints. */
    String mvnTest(Path project) throws IOException, InterruptedException {
        Path output = project.resolve("output");
        Process maven = new ProcessBuilder(
                        Repository.path("mvnw").toAbsolutePath().toString(),
                        "-B",
                        "test",
                        "-Dmaven.repo.local=" + directory,
                        "-Dmaven.repo.local.tail=" + developers,
                        // the client that this build uses too, so that little is to be downloaded
                        "-Dkafka.version=" + property("kafka.version"))
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(maven.waitFor(5, TimeUnit.MINUTES)).as("Maven ends").isTrue();
        } finally {
            maven.descendants().forEach(ProcessHandle::destroyForcibly);
            maven.destroyForcibly();
        }
        return Files.readString(output);
    }

    private static String property(String name) {
        Matcher value = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(Repository.read("pom.xml"));
        assertThat(value.find()).as(name + " in pom.xml").isTrue();
        return value.group(1);
    }
}
