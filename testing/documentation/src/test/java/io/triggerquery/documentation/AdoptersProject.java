package io.triggerquery.documentation;

import io.triggerquery.documentation.page.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A project below testing/adopters, and the lines in it that are written for trigger-query. */
record AdoptersProject(String name) {

    private static final String PARENT = "testing/adopters";
    private static final String GROUP = "<groupId>io.triggerquery</groupId>";

    static List<AdoptersProject> all() {
        return Repository.files(PARENT, "pom.xml").stream()
                .map(Path::getParent)
                .filter(directory -> !directory.endsWith("adopters"))
                .map(directory -> new AdoptersProject(directory.getFileName().toString()))
                .toList();
    }

    /** Returns whether the test command builds it too. */
    boolean isInTheTestCommand() {
        return Repository.read(PARENT + "/pom.xml").contains("<pomInclude>" + name + "/pom.xml</pomInclude>");
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(dependencies(text("pom.xml").toList()));
        lines.addAll(settings(text("src/main/resources/application.yml").toList()));
        Repository.files(PARENT + "/" + name + "/src/main/java", ".java")
                .forEach(file -> lines.addAll(code(Repository.read(file).lines().toList())));
        return lines;
    }

    private Stream<String> text(String file) {
        return Repository.read(PARENT + "/" + name + "/" + file).lines();
    }

    private static List<String> dependencies(List<String> pom) {
        List<String> lines = new ArrayList<>();
        List<String> dependency = new ArrayList<>();
        for (String line : pom) {
            if (line.contains("<dependency>")) {
                dependency.clear();
            }
            dependency.add(line);
            if (line.contains("</dependency>") && dependency.stream().anyMatch(each -> each.contains(GROUP))) {
                lines.addAll(dependency);
            }
        }
        return lines;
    }

    private static List<String> settings(List<String> yaml) {
        List<String> lines = new ArrayList<>();
        boolean below = false;
        for (String line : yaml) {
            below = line.startsWith(" ") ? below : line.startsWith("triggerquery");
            if (below) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static List<String> code(List<String> java) {
        if (java.contains("import feign.RequestLine;")) {
            return java.stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("package "))
                    .toList();
        }
        List<String> lines = new ArrayList<>();
        boolean inAnnotation = false;
        for (String line : java) {
            inAnnotation |= line.strip().startsWith("@TriggerQueryListener")
                    || line.strip().startsWith("@Source");
            if (inAnnotation
                    || line.contains("io.triggerquery")
                    || line.matches(".*\\b(TriggerPublisher|triggers)\\b.*")) {
                lines.add(line);
            }
            inAnnotation &= !line.endsWith(")");
        }
        return lines;
    }
}
