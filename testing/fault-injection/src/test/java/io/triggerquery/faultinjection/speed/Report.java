package io.triggerquery.faultinjection.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A table that is printed row by row and written to a file. */
final class Report {

    private final Path file;
    private final List<String> lines = new ArrayList<>();

    Report(String name, String... columns) {
        file = Path.of("target", name + ".md");
        add((Object[]) columns);
        lines.add("| --- ".repeat(columns.length) + "|");
    }

    void add(Object... cells) {
        StringBuilder line = new StringBuilder("|");
        for (Object cell : cells) {
            line.append(' ').append(cell).append(" |");
        }
        lines.add(line.toString());
        System.out.println(line);
    }

    void write() throws IOException {
        Files.write(file, lines);
    }
}
