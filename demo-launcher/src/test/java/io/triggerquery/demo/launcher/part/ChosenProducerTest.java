package io.triggerquery.demo.launcher.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChosenProducerTest {

    private Path file;
    private ChosenProducer chosen;

    @BeforeEach
    void below(@TempDir Path directory) {
        file = directory.resolve("run/producer");
        chosen = new ChosenProducer(file);
    }

    @Test
    void defaultIsUsedBeforeAChoiceAndAfterForgettingIt() {
        assertThat(chosen.read()).isEqualTo(ProducerStrategy.DISK_QUEUE);
        chosen.write(ProducerStrategy.MEMORY_QUEUE);
        assertThat(new ChosenProducer(file).read()).isEqualTo(ProducerStrategy.MEMORY_QUEUE);
        chosen.forget();
        chosen.forget();
        assertThat(chosen.read()).isEqualTo(ProducerStrategy.DISK_QUEUE);
    }

    @Test
    void fileContainsOnlyTheNameOfTheStrategy() throws IOException {
        chosen.write(ProducerStrategy.REGISTRATION);
        assertThat(file).hasContent("registration");
    }

    @Test
    void defaultIsUsedForAnUnknownName() throws IOException {
        chosen.write(ProducerStrategy.OUTBOX);
        Files.writeString(file, "pigeon");
        assertThat(chosen.read()).isEqualTo(ProducerStrategy.DISK_QUEUE);
    }
}
