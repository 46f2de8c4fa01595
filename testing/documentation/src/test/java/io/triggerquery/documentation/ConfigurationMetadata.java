package io.triggerquery.documentation;

import io.triggerquery.documentation.page.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The settings that IDEs and Spring Boot's own documentation know.
 *
 * @param properties each setting's metadata by its name
 */
public record ConfigurationMetadata(Map<String, JsonNode> properties) {

    private static final String FILE = "META-INF/spring-configuration-metadata.json";

    /** Reads the metadata of all libraries, and that of the relay service, which is a program. */
    public static ConfigurationMetadata onTheClassPath() {
        Map<String, JsonNode> properties = new TreeMap<>();
        try {
            for (URL file : Collections.list(
                    ConfigurationMetadata.class.getClassLoader().getResources(FILE))) {
                add(file, properties);
            }
            add(Repository.path("relay-service/target/classes/" + FILE).toUri().toURL(), properties);
        } catch (IOException e) {
            throw new AssertionError(
                    "The metadata of the settings cannot be read; build with: ./mvnw -pl testing/documentation -am", e);
        }
        return new ConfigurationMetadata(properties);
    }

    private static void add(URL file, Map<String, JsonNode> properties) throws IOException {
        try (InputStream json = file.openStream()) {
            JsonMapper.shared()
                    .readTree(json)
                    .path("properties")
                    .forEach(property -> properties.put(property.path("name").asString(), property));
        }
    }

    /** Fails if there is no such setting; a setting below a map is one. */
    public void check(String where, String name) {
        String known = name.replaceFirst("\\[\\d+]$", "");
        if (!properties.containsKey(known) && mapOf(known) == null) {
            throw new AssertionError(where + ": there is no setting " + name
                    + "; correct the name, or remove it from the documentation");
        }
    }

    /** Returns the map to which the setting adds an entry. */
    private @Nullable String mapOf(String name) {
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            JsonNode property = properties.get(name.substring(0, dot));
            if (property != null && property.path("type").asString().startsWith("java.util.Map<")) {
                return name.substring(0, dot);
            }
        }
        return null;
    }
}
