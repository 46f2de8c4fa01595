package io.triggerquery.documentation.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of this repository, by their paths below its root. */
public final class Repository {

    private static final Path ROOT = Path.of("..", "..");

    private Repository() {}

    /** Returns the path of a file or a directory, which need not exist. */
    public static Path path(String name) {
        return ROOT.resolve(name).normalize();
    }

    public static boolean has(String name) {
        return Files.exists(path(name));
    }

    public static String read(String name) {
        return read(path(name));
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the files below a directory whose names have an ending, in the order of their names. */
    public static List<Path> files(String directory, String ending) {
        try (Stream<Path> files = Files.walk(path(directory))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the directories of all modules, as the root's pom.xml names them. */
    public static List<String> modules() {
        return read("pom.xml")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("<module>"))
                .map(line -> line.substring("<module>".length(), line.indexOf("</")))
                .toList();
    }
}
