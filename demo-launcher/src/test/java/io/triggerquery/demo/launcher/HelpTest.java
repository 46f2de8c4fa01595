package io.triggerquery.demo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that {@code ./demo} shows its help without a build. */
class HelpTest {

    @TempDir
    Path root;

    @BeforeEach
    void copyTheScript() throws IOException {
        Files.copy(Path.of("..", "demo"), root.resolve("demo"), StandardCopyOption.COPY_ATTRIBUTES);
        // a build would print a line and end the script
        program("mvnw", "echo building; exit 1");
        program(
                "bin/java",
                "case $1 in -version) echo 'openjdk version \"17.0.1\"' >&2 ;; *) echo java \"$@\" ;; esac");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "check --help", "up -h"})
    void scriptShowsTheUsageWithoutAJar(String arguments) throws Exception {
        String usage = DemoLauncher.commandLine(Demo.in(root, Map.of())).getUsageMessage();

        assertThat(demo(arguments)).isEqualTo(usage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "check --help", "up -h"})
    void launcherShowsTheUsageWithAJar(String arguments) throws Exception {
        Path jar = root.resolve("demo-launcher/target/demo-launcher.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);

        assertThat(demo(arguments)).isEqualTo("java -jar demo-launcher/target/demo-launcher.jar " + arguments + "\n");
    }

    @Test
    void otherCommandsStartABuild() throws Exception {
        assertThat(demo("check")).contains("building");
    }

    private String demo(String arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", root.resolve("demo").toString()));
        command.addAll(List.of(arguments.split(" ")));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", root.toString());
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void program(String name, String script) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
