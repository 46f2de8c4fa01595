package io.triggerquery.documentation.command;

import io.triggerquery.documentation.page.Repository;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks HTTP calls against the services' controllers, the description of the relay service, and the endpoints. */
final class Http {

    private static final Map<Integer, String> MODULES =
            Map.of(8081, "billing-demo", 8082, "payment-demo", 8083, "relay-service");
    private static final Pattern CLASS_PATH = Pattern.compile("@RequestMapping\\(\"([^\"]*)\"\\)");
    private static final Pattern METHOD_PATH =
            Pattern.compile("@(Get|Post)Mapping(?:\\((?:path = |value = )?\"([^\"]*)\"|\\b)");

    private final Endpoints endpoints;

    Http(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** Checks a call by curl, with its body. */
    void curl(Command command) {
        List<String> bodies = command.valuesOf("-d");
        List<String> methods = command.valuesOf("-X");
        String method = methods.isEmpty() ? bodies.isEmpty() ? "GET" : "POST" : methods.get(0);
        String address = command.after(1).stream()
                .filter(word -> word.matches("(http://)?127\\.0\\.0\\.1:\\d+/.*"))
                .findFirst()
                .orElse("");
        command.must(!address.isEmpty(), "no argument is an address at 127.0.0.1 with a port and a path; add it");
        URI uri = URI.create(address.startsWith("http") ? address : "http://" + address);
        String module = MODULES.get(uri.getPort());
        command.must(module != null, "no service has the port " + uri.getPort() + "; correct it");
        call(command, List.of(module, "demo-support"), method, uri.getPath());
        Stream.concat(
                        bodies.stream().flatMap(body -> names(command, body)),
                        uri.getQuery() == null
                                ? Stream.empty()
                                : Stream.of(uri.getQuery().split("&")).map(pair -> pair.replaceFirst("=.*", "")))
                .forEach(name -> command.must(
                        Sources.haveParameter(module + "/src/main", name)
                                || Sources.haveParameter("demo-support/src/main", name),
                        module + " reads no " + name + "; correct it"));
    }

    /** Checks a method and a path that a sentence or a table names. */
    void request(Command command) {
        String path = command.words()
                .get(1)
                .replace("…", "/actuator/triggerquery/LISTENER")
                .replaceFirst("\\?.*", "");
        call(
                command,
                List.of("billing-demo", "payment-demo", "demo-support"),
                command.words().get(0),
                path);
    }

    private void call(Command command, List<String> modules, String method, String path) {
        if (path.startsWith("/actuator/")) {
            endpoints.check(
                    command,
                    method,
                    List.of(path.substring("/actuator/".length()).split("/")));
        } else {
            command.must(
                    modules.stream()
                            .flatMap(module -> Repository.files(module + "/src/main", ".java").stream())
                            .map(Repository::read)
                            .flatMap(Http::mappings)
                            .anyMatch(mapping -> mapping.equals(method + " " + path)
                                    || (method + " " + path).matches(mapping.replaceAll("\\{[^}]*}", "[^/]+"))),
                    "no controller of " + String.join(", ", modules) + " has " + method + " " + path + "; correct it");
        }
    }

    private static Stream<String> mappings(String source) {
        Matcher type = CLASS_PATH.matcher(source);
        String base = type.find() ? type.group(1) : "";
        return METHOD_PATH.matcher(source).results().map(mapping -> mapping(base, mapping));
    }

    private static String mapping(String base, MatchResult method) {
        String path = method.group(2) == null ? "" : method.group(2);
        return method.group(1).toUpperCase(Locale.ROOT) + " " + base + path;
    }

    private static Stream<String> names(Command command, String json) {
        try {
            return names(JsonMapper.shared().readTree(json));
        } catch (JacksonException e) {
            throw new AssertionError(command.where() + ": the body is no JSON; correct it", e);
        }
    }

    /** Returns the names in a document, at every depth. */
    static Stream<String> names(JsonNode node) {
        return Stream.concat(node.propertyNames().stream(), node.valueStream().flatMap(Http::names));
    }
}
