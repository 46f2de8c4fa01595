package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.Jvm;
import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.Port;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The billing, the payment or the relay service: a Spring Boot jar, configured by its environment. */
final class Service implements Part {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private static final Jvm JVM = Jvm.of("-Xmx384m", "-XX:+UseSerialGC");

    private final Settings settings;
    private final PartName name;
    private final Map<String, String> environment;

    Service(Settings settings, PartName name, Map<String, String> environment) {
        this.settings = settings;
        this.name = name;
        this.environment = environment;
    }

    @Override
    public PartName name() {
        return name;
    }

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
        return new Launch(JVM.command(jar, List.of()), environment);
    }

    @Override
    public Readiness readiness() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/actuator/health"))
                .timeout(TIMEOUT)
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? new Readiness.Ready()
                    : new Readiness.NotReady("its health is " + answer.statusCode() + " " + answer.body());
        } catch (IOException e) {
            return new Readiness.NotReady("it does not answer at " + request.uri());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Readiness.NotReady("interrupted");
        }
    }
}
