package io.triggerquery.documentation.page;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** The settings of a YAML snippet. */
public final class Yaml {

    private Yaml() {}

    /** Reads the snippet as Spring Boot reads an application.yaml; its place is the origin in failures. */
    public static PropertySource<?> settings(Block block) {
        try {
            List<PropertySource<?>> documents = new YamlPropertySourceLoader()
                    .load(block.where(), new ByteArrayResource(block.text().getBytes(), block.where()));
            if (documents.size() != 1) {
                throw new AssertionError(block.where() + ": one YAML document is expected, not " + documents.size());
            }
            return documents.get(0);
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(block.where() + ": this is no YAML that Spring Boot can read; correct it", e);
        }
    }

    /** Returns the names of the settings. */
    public static Stream<String> names(Block block) {
        return Stream.of(((EnumerablePropertySource<?>) settings(block)).getPropertyNames());
    }
}
