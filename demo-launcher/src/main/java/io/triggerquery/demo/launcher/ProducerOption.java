package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.ProducerStrategy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that selects the strategy of the services. */
final class ProducerOption {

    @Option(
            names = "--producer",
            paramLabel = "STRATEGY",
            description = {
                "How the services keep triggers until Kafka has them: ${COMPLETION-CANDIDATES}.",
                "Remembered until all parts are stopped; disk-queue by default."
            })
    @Nullable
    ProducerStrategy strategy;

    // picocli's own message would also list the Java names
    static ProducerStrategy parse(String value) {
        return ProducerStrategy.named(value)
                .orElseThrow(() -> new TypeConversionException("expected one of %s but was '%s'"
                        .formatted(Arrays.toString(ProducerStrategy.values()), value)));
    }
}
