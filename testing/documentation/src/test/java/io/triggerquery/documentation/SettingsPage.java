package io.triggerquery.documentation;

import io.triggerquery.documentation.DeclaredSettings.Setting;
import io.triggerquery.documentation.page.Repository;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** Generates docs/settings.md from the configuration metadata, and from the Javadoc of what maps contain. */
final class SettingsPage {

    private static final Map<String, String> SECTIONS = sections();
    private static final String JAVADOC = "/\\*\\*((?:(?!\\*/).)*)\\*/(?:(?!/\\*\\*).)*?\\brecord %s\\(";

    private final Map<String, JsonNode> metadata =
            ConfigurationMetadata.onTheClassPath().properties();

    private static Map<String, String> sections() {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("triggerquery.defaults.", "Listeners");
        sections.put("triggerquery.control.", "Instances of a group");
        sections.put("triggerquery.endpoint.", "Endpoint of listeners");
        sections.put("triggerquery.health.", "Health of listeners");
        sections.put("triggerquery.tracing.", "Tracing of listeners");
        sections.put("triggerquery.sources.NAME.", "Sources");
        sections.put("triggerquery.producer.", "Producer");
        sections.put("triggerquery.console.", "Console");
        sections.put("triggerquery.relay-service.", "Relay service");
        return sections;
    }

    /** Returns the complete page. */
    String text() throws Exception {
        StringBuilder page = new StringBuilder("""
                # All settings

                This page is generated from the configuration metadata, which IDEs read too, so the texts are those that an IDE shows. The
                [reference](reference.md) says what each setting trades, and which settings belong together.

                A setting below `triggerquery.defaults` can also be set for one listener, below `triggerquery.listeners.ID`. NAME is a name that you
                choose.
                """);
        Collection<Setting> settings = DeclaredSettings.all().values();
        SECTIONS.forEach((prefix, title) -> {
            page.append("\n## ")
                    .append(title)
                    .append("\n\n| Setting | Type | Default | Description |\n| --- | --- | --- | --- |\n");
            settings.stream()
                    .filter(setting -> setting.name().startsWith(prefix))
                    .map(this::row)
                    .forEach(page::append);
        });
        return page.toString();
    }

    private String row(Setting setting) {
        String standard =
                setting.standard().isEmpty() ? "" : "`" + setting.standard().replace(",", ", ") + "`";
        return "| `" + setting.name() + "` | " + type(setting.type()) + " | " + standard + " | "
                + description(setting).replace("|", "\\|") + " |\n";
    }

    private static String type(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] parts = generic.getActualTypeArguments();
            return Collection.class.isAssignableFrom((Class<?>) generic.getRawType())
                    ? "list: " + type(parts[0])
                    : "by name: " + type(parts[parts.length - 1]);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants())
                    .map(value ->
                            "`" + value.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                    .collect(Collectors.joining(", "));
        }
        if (plain == Duration.class) {
            return "duration";
        }
        if (plain == DataSize.class) {
            return "size";
        }
        String name = plain.getSimpleName();
        return switch (name) {
            case "int", "Integer", "long", "Long", "double", "Double" -> "number";
            case "boolean", "Boolean" -> "`true`, `false`";
            default -> "text";
        };
    }

    private String description(Setting setting) {
        JsonNode known = metadata.get(setting.name());
        String text = known == null
                ? javadoc(setting.part())
                : known.path("description").asString();
        if (text.isBlank()) {
            throw new AssertionError(setting.name() + " has no description; add a @param to its record");
        }
        return text;
    }

    /** Returns what the record's Javadoc says of a component. */
    private static String javadoc(RecordComponent part) {
        Class<?> record = part.getDeclaringRecord();
        Class<?> file = record;
        while (file.getEnclosingClass() != null) {
            file = file.getEnclosingClass();
        }
        String path = "/src/main/java/" + file.getName().replace('.', '/') + ".java";
        String source = Repository.modules().stream()
                .filter(module -> Repository.has(module + path))
                .map(module -> Repository.read(module + path))
                .findFirst()
                .orElseThrow();
        Matcher comment = Pattern.compile(JAVADOC.formatted(record.getSimpleName()), Pattern.DOTALL)
                .matcher(source);
        if (!comment.find()) {
            return "";
        }
        String text = comment.group(1).replaceAll("\\s*\\R\\s*\\*\\s*", " ").strip();
        Matcher described = Pattern.compile("@param " + part.getName() + " (.*?)(?= @param |$)")
                .matcher(text);
        return described.find() ? described.group(1).strip() : "";
    }
}
