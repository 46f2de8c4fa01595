package io.triggerquery.documentation.start;

import io.triggerquery.documentation.page.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A local Maven repository that has what the page installs, and finds everything else in the developer's. */
record LocalRepository(Path directory, Path developers) {

    private static final String VERSION = "0.1.0-SNAPSHOT";

    static LocalRepository in(Path directory) throws IOException {
        install(directory, "triggerquery-parent", Repository.path("pom.xml"), ".pom");
        for (String module : List.of("consumer-core", "consumer-test")) {
            String artifact = Repository.artifact(module);
            install(directory, artifact, Repository.path(module + "/pom.xml"), ".pom");
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

    List<String> options() {
        return List.of("-Dmaven.repo.local=" + directory, "-Dmaven.repo.local.tail=" + developers);
    }
}
