package io.triggerquery.documentation.command;

import io.triggerquery.documentation.page.Repository;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Checks calls of Maven: their options, goals, modules, profiles, tests and properties. */
final class Maven {

    private static final Set<String> OPTIONS = Set.of("-B", "-q", "-o", "-am", "-pl");
    private static final Set<String> GOALS = Set.of(
            "clean",
            "test-compile",
            "test",
            "package",
            "verify",
            "install",
            "deploy",
            "spotless:apply",
            "javadoc:javadoc");
    private static final Set<String> PLUGINS_PROPERTIES = Set.of("skipTests", "surefire.failIfNoSpecifiedTests");

    private Maven() {}

    /** Checks a call in the project of the page "Getting started", which GettingStartedIT builds. */
    static void inTheReadersProject(Command command) {
        command.must(
                Set.of("test", "spring-boot:run").containsAll(command.after(1)),
                "GettingStartedIT runs no such command; correct it, or let the test run it");
    }

    static void check(Command command) {
        command.must(Repository.has(command.words().get(0)), "there is no such script; correct the path");
        List<String> modules = command.valuesOf("-pl").stream()
                .flatMap(list -> Stream.of(list.split(",")))
                .toList();
        modules.forEach(
                module -> command.must(isModule(module), module + " is no module of the build; correct it after -pl"));
        for (String word : command.after(1)) {
            if (word.startsWith("-D")) {
                property(command, word.substring(2).split("=", 2), modules);
            } else if (word.startsWith("-P")) {
                command.must(
                        poms(modules).anyMatch(pom -> pom.contains("<id>" + word.substring(2) + "</id>")),
                        "there is no profile " + word.substring(2) + "; correct it");
            } else if (!command.valuesOf("-pl").contains(word)) {
                command.must(
                        OPTIONS.contains(word) || GOALS.contains(word),
                        word + " is not among the options and goals of this test; correct it, or add it to Maven");
            }
        }
    }

    private static void property(Command command, String[] property, List<String> modules) {
        if (property[0].equals("test") || property[0].equals("it.test")) {
            command.must(
                    directories(modules)
                            .flatMap(module -> Repository.files(module, "/" + property[1] + ".java").stream())
                            .findAny()
                            .isPresent(),
                    "there is no test " + property[1] + "; correct it");
        } else {
            command.must(
                    PLUGINS_PROPERTIES.contains(property[0])
                            || poms(modules).anyMatch(pom -> pom.contains("<" + property[0] + ">"))
                            || directories(modules).anyMatch(module -> Sources.have(module, property[0])),
                    "nothing reads the property " + property[0] + "; correct it");
        }
    }

    private static boolean isModule(String module) {
        return module.startsWith(":")
                ? Repository.modules().stream().anyMatch(path -> path.endsWith(module.substring(1)))
                : Repository.modules().contains(module);
    }

    private static Stream<String> directories(List<String> modules) {
        return modules.isEmpty()
                ? Repository.modules().stream()
                : Repository.modules().stream()
                        .filter(path -> modules.contains(path) || modules.contains(":" + path.replaceFirst(".*/", "")));
    }

    private static Stream<String> poms(List<String> modules) {
        return Stream.concat(Stream.of("pom.xml"), directories(modules).map(module -> module + "/pom.xml"))
                .map(Repository::read);
    }
}
