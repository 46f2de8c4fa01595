package io.triggerquery.demo.launcher.part;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The strategy with which the demo was started, stored in a file, so that a part that is started again uses the same
 * one.
 *
 * <p>Without a file that names a strategy it is the default.
 */
public record ChosenProducer(Path file) {

    public ProducerStrategy read() {
        try {
            return ProducerStrategy.named(Files.readString(file).strip()).orElse(ProducerStrategy.DEFAULT);
        } catch (IOException absent) {
            return ProducerStrategy.DEFAULT;
        }
    }

    public void write(ProducerStrategy strategy) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.writeString(draft, strategy + "\n");
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
