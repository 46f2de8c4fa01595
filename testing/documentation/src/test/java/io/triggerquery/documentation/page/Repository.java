package io.triggerquery.documentation.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

    /** Returns the files below a directory whose names have an ending, in the order of their names; none that is built. */
    public static List<Path> files(String directory, String ending) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(path(directory), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return folder.endsWith("target") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(ending)) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(files);
        return files;
    }

    /** Returns the artifact that a module is. */
    public static String artifact(String module) {
        String pom = read(module + "/pom.xml");
        String own = pom.substring(Math.max(0, pom.indexOf("</parent>")));
        return own.substring(own.indexOf("<artifactId>") + "<artifactId>".length(), own.indexOf("</artifactId>"));
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
