package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.process.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
        new StateFile(file).write(strategy + "\n");
    }

    public void forget() {
        new StateFile(file).delete();
    }
}
