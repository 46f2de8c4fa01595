package io.triggerquery.demo.launcher.part;

import io.triggerquery.demo.launcher.process.Port;
import io.triggerquery.demo.launcher.process.Signal;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A Kafka broker that is its own controller, in a JVM of its own with the launcher's class path. */
final class Broker implements Part {

    private static final int LOOK_MILLIS = 2_000;

    private final Settings settings;

    Broker(Settings settings) {
        this.settings = settings;
    }

    @Override
    public PartName name() {
        return PartName.BROKER;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port();
    }

    @Override
    public List<Port> ports() {
        return List.of(new Port(port()), new Port(controllerPort()));
    }

    @Override
    public Set<PartName> needs() {
        return Set.of();
    }

    @Override
    public Duration startLimit() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Signal stopSignal() {
        return Signal.TERM;
    }

    @Override
    public Launch prepare() {
        Path properties = settings.home().resolve("run").resolve("broker.properties");
        try {
            Files.createDirectories(properties.getParent());
            Files.writeString(properties, properties());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = JavaCommand.of(
                "512m",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                "-cp",
                classPath(),
                BrokerProcess.class.getName(),
                properties.toString());
        return new Launch(command, Map.of());
    }

    // the class path may name the launcher's jar relative to where the launcher was started
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String properties() {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.num.partitions=3
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                # after a kill -9 the controller refuses the broker until its old session has run out
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=500
                """.formatted(port(), controllerPort(), settings.data(PartName.BROKER));
    }

    @Override
    public Readiness look() {
        if (!new Port(port()).isListening()) {
            return new Readiness.NotReady("nothing listens on " + address());
        }
        Map<String, Object> client = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LOOK_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LOOK_MILLIS);
        try (Admin admin = Admin.create(client)) {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    .size();
            return brokers > 0 ? new Readiness.Ready() : new Readiness.NotReady("it knows no broker yet");
        } catch (ExecutionException | TimeoutException e) {
            return new Readiness.NotReady("it answers no metadata: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Readiness.NotReady("interrupted");
        }
    }

    private int port() {
        return settings.port(PartName.BROKER).number();
    }

    private int controllerPort() {
        return port() + 1;
    }
}
