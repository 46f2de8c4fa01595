package io.triggerquery.demo.launcher.part;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a JVM like the one this runs in, but small: five of them share a laptop. */
final class JavaCommand {

    private JavaCommand() {}

    static List<String> of(String heap, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.add("-XX:+UseSerialGC");
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }
}
