package io.triggerquery.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.documentation.page.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The generated page of all settings, and the values that IDEs offer. */
class SettingsPageTest {

    @Test
    void pageEqualsGeneratedPage() throws Exception {
        Path generated = Path.of("target", "settings.md");
        Files.writeString(generated, new SettingsPage().text());

        assertThat(Repository.read("docs/settings.md"))
                .as("docs/settings.md; copy testing/documentation/target/settings.md over it")
                .isEqualTo(Files.readString(generated));
    }

    @Test
    void eachEnumValueHasADescription() throws Exception {
        Map<String, JsonNode> hints = hints();

        for (DeclaredSettings.Setting setting : DeclaredSettings.all().values()) {
            if (setting.type() instanceof Class<?> type
                    && type.isEnum()
                    && !setting.name().contains(".NAME.")) {
                List<String> values = Arrays.stream(type.getEnumConstants())
                        .map(value -> value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList();
                assertThat(hints)
                        .as("a hint in additional-spring-configuration-metadata.json")
                        .containsKey(setting.name());
                assertThat(hints.get(setting.name()).path("values"))
                        .as("the values of " + setting.name())
                        .extracting(value -> value.path("value").asString())
                        .containsExactlyElementsOf(values);
                assertThat(hints.get(setting.name()).path("values"))
                        .allSatisfy(value ->
                                assertThat(value.path("description").asString()).endsWith("."));
            }
        }
    }

    private static Map<String, JsonNode> hints() throws IOException {
        Map<String, JsonNode> hints = new HashMap<>();
        for (URL file : Collections.list(
                SettingsPageTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream json = file.openStream()) {
                JsonMapper.shared()
                        .readTree(json)
                        .path("hints")
                        .forEach(hint -> hints.put(hint.path("name").asString(), hint));
            }
        }
        return hints;
    }
}
