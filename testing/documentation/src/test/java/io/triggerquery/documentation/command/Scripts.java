package io.triggerquery.documentation.command;

import io.triggerquery.documentation.page.Repository;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/** Checks calls of the scripts that measure, which take minutes: the words that they pass on are in the module's sources. */
final class Scripts {

    private Scripts() {}

    static void check(Command command) {
        String script = command.words().get(0);
        command.must(Files.isExecutable(Repository.path(script)), "there is no such script; correct the path");
        String module = script.substring(0, script.lastIndexOf('/'));
        command.after(1).stream()
                .map(word -> word.replaceAll("^\\[|]$", ""))
                .flatMap(Scripts::parts)
                .filter(word -> !word.matches("\\d+"))
                .forEach(word -> command.must(
                        Sources.have(module, word), "nothing in " + module + " knows " + word + "; correct it"));
    }

    /** Checks a call of the script that builds projects. */
    static void projects(Command command) {
        String script = command.words().get(0);
        command.must(Files.isExecutable(Repository.path(script)), "there is no such script; correct the path");
        command.after(1).stream()
                .flatMap(word -> Stream.of(word.split(",")))
                .forEach(project -> command.must(
                        Repository.has(script.replaceFirst("run$", project + "/pom.xml")),
                        "there is no project " + project + "; correct it"));
    }

    private static Stream<String> parts(String word) {
        if (!word.startsWith("-D")) {
            return Stream.of(word);
        }
        String[] property = word.substring(2).split("=", 2);
        return Stream.concat(Stream.of(property[0]), Stream.of(property[1].split(",")));
    }

    /** Checks {@code java -jar}: a module builds the jar, and the arguments are settings. */
    static List<String> settings(Command command) {
        String jar = command.words().get(2);
        command.must(
                command.words().get(1).equals("-jar")
                        && Repository.modules().stream()
                                .anyMatch(module -> jar.equals(module + "/target/" + module + ".jar")),
                "no module builds this jar; correct the path");
        command.variables()
                .keySet()
                .forEach(name -> command.must(
                        Repository.read(jar.replaceFirst("/.*", "/src/main/resources/application.yaml"))
                                .contains("${" + name + ":"),
                        "the program reads no variable " + name + "; correct it"));
        return command.startingWith("--")
                .map(word -> word.replaceFirst("=.*", ""))
                .toList();
    }
}
