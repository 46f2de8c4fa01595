package io.triggerquery.documentation.command;

import io.triggerquery.documentation.page.Repository;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/** Checks calls of Docker against the files below {@code docker}; no test has an engine. */
final class Docker {

    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "up", Set.of("-d", "--build", "--scale"),
            "down", Set.of("-v"),
            "start", Set.of(),
            "stop", Set.of(),
            "kill", Set.of(),
            "port", Set.of("--index"),
            "logs", Set.of("-f"),
            "exec", Set.of());

    private Docker() {}

    /** Checks {@code docker compose}: the file, its profiles, services, ports and variables. */
    static void compose(Command command) {
        List<String> files = command.valuesOf("-f");
        command.must(
                !files.isEmpty() && Repository.has(files.get(0)), "there is no such compose file; correct it after -f");
        String file = Repository.read(files.get(0));
        Map<String, Object> services = part(new Yaml().load(file), "services");
        command.variables()
                .keySet()
                .forEach(name -> command.must(
                        file.contains("${" + name), "the compose file reads no variable " + name + "; correct it"));
        command.valuesOf("--profile")
                .forEach(profile -> command.must(
                        services.values().stream()
                                .anyMatch(service -> part(service, "")
                                        .getOrDefault("profiles", "")
                                        .toString()
                                        .contains(profile)),
                        "there is no profile " + profile + "; correct it"));

        int at = command.words().indexOf("-f")
                + 2
                + 2 * command.valuesOf("--profile").size();
        String name = command.words().get(at);
        command.must(OPTIONS.containsKey(name), "this test knows no command " + name + "; correct it, or add it here");
        List<String> arguments = command.after(at + 1);
        if (!name.equals("exec")) {
            arguments.stream()
                    .filter(word -> word.startsWith("-"))
                    .forEach(option -> command.must(
                            OPTIONS.get(name).contains(option.replaceFirst("=.*", "")),
                            "this test knows no option " + option + " of it; correct it, or add it here"));
        }
        arguments.stream()
                .filter(word -> !word.startsWith("-"))
                .limit(name.equals("up") ? arguments.size() : 1)
                .map(word -> word.replaceFirst("=.*", ""))
                .forEach(service ->
                        command.must(services.containsKey(service), "there is no service " + service + "; correct it"));
        if (name.equals("port")) {
            String port = arguments.get(arguments.size() - 1);
            command.must(
                    services.values().stream()
                            .anyMatch(service -> part(service, "").toString().contains(port)),
                    "no service has the port " + port + "; correct it");
        }
    }

    /** Checks that {@code docker run} uses an image that the compose file uses too. */
    static void run(Command command) {
        String image = command.words().get(command.words().size() - 1);
        command.must(
                Repository.read("docker/compose.yaml").contains("image: " + image),
                "docker/compose.yaml has another image; use the same");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Object map, String key) {
        return (Map<String, Object>) (key.isEmpty() ? map : ((Map<String, Object>) map).get(key));
    }
}
