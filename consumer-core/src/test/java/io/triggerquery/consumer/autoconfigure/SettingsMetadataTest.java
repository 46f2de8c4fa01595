package io.triggerquery.consumer.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settings' metadata for editors. Needs the annotation processor of the build. */
class SettingsMetadataTest {

    @Test
    void everyListenerSettingHasADescription() throws IOException {
        try (InputStream metadata =
                ListenerProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assumeThat(metadata).as("metadata of this module").isNotNull();
            JsonNode properties = JsonMapper.shared().readTree(metadata).path("properties");
            assumeThat(described(properties, "triggerquery.sources")).isTrue();
            assertThat(described(properties, "triggerquery.listeners")).isTrue();
            Stream<String> settings = ListenerSettingNames.ALL.values().stream();
            assertThat(settings).allMatch(setting -> described(properties, "triggerquery.defaults." + setting));
        }
    }

    private static boolean described(JsonNode properties, String name) {
        for (JsonNode property : properties) {
            if (property.path("name").asString("").equals(name)) {
                return !property.path("description").asString("").isBlank();
            }
        }
        return false;
    }
}
