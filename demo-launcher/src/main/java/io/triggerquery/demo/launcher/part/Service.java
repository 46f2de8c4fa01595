package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.Jvm;
import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The billing, the payment or the relay service: a Spring Boot jar, configured by its environment. */
record Service(Settings settings, PartName name, ProducerStrategy strategy) implements Part {

    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(2);
    private static final Jvm JVM = Jvm.of("-Xmx384m", "-XX:+UseSerialGC");

    @Override
    public String address() {
        return settings.url(name);
    }

    @Override
    public List<Port> ports() {
        return List.of(settings.port(name));
    }

    @Override
    public Duration startLimit() {
        return Duration.ofSeconds(90);
    }

    @Override
    public Launch prepare() {
        String artifact = name.artifact();
        Path jar = settings.root().resolve(artifact).resolve("target").resolve(artifact + ".jar");
        if (!Files.exists(jar)) {
            throw new EnvironmentProblem("There is no jar of %s: %s is missing. Run ./demo, which builds it."
                    .formatted(name.inWords(), settings.root().relativize(jar)));
        }
        return new Launch(JVM.command(jar, List.of()), ServiceEnvironment.of(settings, name, strategy));
    }

    @Override
    public Optional<String> problem() {
        try {
            new ServiceClient(address(), HEALTH_TIMEOUT).get("/actuator/health");
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
