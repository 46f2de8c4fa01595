package io.triggerquery.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the names of classes across modules. */
class NamesTest {

    @Test
    void classNamesAreUniqueAcrossCores() throws IOException {
        Set<String> consumer = namesIn("consumer-core");
        Set<String> producer = namesIn("producer-core");

        assertThat(consumer).isNotEmpty();
        assertThat(producer).isNotEmpty().doesNotContainAnyElementsOf(consumer);
    }

    private static Set<String> namesIn(String module) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", "..", module, "src", "main", "java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .collect(Collectors.toSet());
        }
    }
}
