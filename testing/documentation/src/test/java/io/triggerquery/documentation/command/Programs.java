package io.triggerquery.documentation.command;

import io.triggerquery.documentation.page.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The project's own programs, which are asked for their help. */
final class Programs {

    private static final Map<List<String>, String> HELP = new ConcurrentHashMap<>();

    private Programs() {}

    /** Checks that {@code ./demo} knows the command, its options and its part. */
    static void demo(Command command) {
        check(command, "./demo", "demo-launcher/target/demo-launcher.jar");
        command.valuesOf("--producer").forEach(strategy -> isListed(command, strategy));
        Stream.of("kill", "stop", "start", "logs")
                .flatMap(word -> command.valuesOf(word).stream())
                .filter(part -> !part.startsWith("-"))
                .forEach(part -> isListed(command, part));
    }

    /** Checks that {@code triggerctl} knows the command and its options. */
    static void triggerctl(Command command) {
        check(command, "triggerctl/triggerctl", "triggerctl/target/triggerctl.jar");
    }

    private static void check(Command command, String program, String jar) {
        command.must(
                Repository.has(jar), jar + " is missing; build with: ./mvnw -pl testing/documentation -am package");
        List<String> arguments = command.after(1);
        String name = arguments.isEmpty() || arguments.get(0).startsWith("-") ? "" : arguments.get(0);
        String help = help(program, name);
        command.must(
                name.isEmpty() || help.startsWith("Usage: " + program.replaceFirst("^triggerctl/", "") + " " + name),
                "there is no command " + name + "; correct it");
        arguments.stream()
                .filter(word -> word.startsWith("--"))
                .forEach(option -> command.must(
                        (help + "\n").matches("(?s).*\\Q" + option + "\\E[\\s=,\\]].*"),
                        "the command has no option " + option + "; correct it"));
    }

    private static void isListed(Command command, String word) {
        command.must(
                word.matches("[A-Z]+") || help("./demo", "").matches("(?s).*\\b\\Q" + word + "\\E\\b.*"),
                word + " is not in the help; correct it");
    }

    private static String help(String program, String name) {
        return HELP.computeIfAbsent(
                name.isEmpty() ? List.of(program, "--help") : List.of(program, name, "--help"), Programs::run);
    }

    private static String run(List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(Repository.path("").toFile());
            builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            Process process = builder.start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
