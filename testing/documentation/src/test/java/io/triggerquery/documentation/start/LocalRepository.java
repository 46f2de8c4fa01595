package io.triggerquery.documentation.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.documentation.page.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The local Maven repository into which testing/adopters installs what is published; all else is found in the developer's. */
record LocalRepository(Path directory, Path developers) {

    static LocalRepository ofThisBuild() {
        Path directory = Repository.path("testing/adopters/target/local-repository");
        if (!Files.exists(directory)) {
            throw new AssertionError(
                    directory + " is missing; build with: ./mvnw -pl testing/documentation -am verify");
        }
        return new LocalRepository(directory.toAbsolutePath(), developersRepository());
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
