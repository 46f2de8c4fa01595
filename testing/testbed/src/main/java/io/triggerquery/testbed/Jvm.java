package io.triggerquery.testbed;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Java installation of this JVM, with separate flags.
 *
 * @param flags such as {@code -Xmx1g}
 */
public record Jvm(List<String> flags) {

    /** Flags for a fast start and little memory, for short-lived processes. */
    public static final Jvm SMALL_AND_QUICK =
            of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    public Jvm {
        flags = List.copyOf(flags);
    }

    /** Creates an instance with these flags. */
    public static Jvm of(String... flags) {
        return new Jvm(List.of(flags));
    }

    /** Returns an instance that also has these system properties. */
    public Jvm with(Map<String, String> properties) {
        Stream<String> more =
                properties.entrySet().stream().map(entry -> "-D" + entry.getKey() + "=" + entry.getValue());
        return new Jvm(Stream.concat(flags.stream(), more).toList());
    }

    /** Returns the command that runs a class of this JVM's class path. */
    public List<String> command(Class<?> main, List<String> arguments) {
        return command(Stream.of("-cp", classPath(), main.getName()), arguments);
    }

    // absolute, since the command may run in another directory
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns the command that runs a jar. */
    public List<String> command(Path jar, List<String> arguments) {
        return command(Stream.of("-jar", jar.toString()), arguments);
    }

    private List<String> command(Stream<String> what, List<String> arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.of(Stream.of(java), flags.stream(), what, arguments.stream())
                .flatMap(part -> part)
                .toList();
    }
}
