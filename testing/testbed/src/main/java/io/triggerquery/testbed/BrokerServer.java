package io.triggerquery.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * The settings, the command and the readiness check of a Kafka broker in a separate JVM.
 *
 * @param id its number in the cluster; {@link #CONTROLLER} is also the controller
 * @param settings the file to which its settings are written
 * @param data the directory of its records
 */
public record BrokerServer(int id, BrokerPorts ports, Path settings, Path data) {

    /** The node that is the controller. */
    static final int CONTROLLER = 1;

    private static final int LOOK_MILLIS = 2_000;

    /** Creates a broker that is its own controller. */
    public BrokerServer(BrokerPorts ports, Path settings, Path data) {
        this(CONTROLLER, ports, settings, data);
    }

    /** Writes the settings, and returns the command that runs the broker until its parent ends. */
    public List<String> command(Jvm jvm) {
        return command(jvm, List.of(write().toString()));
    }

    /** Writes the settings, and returns the command that runs the broker until it is stopped. */
    public List<String> detachedCommand(Jvm jvm) {
        return command(jvm, List.of(write().toString(), BrokerMain.DETACHED));
    }

    private static List<String> command(Jvm jvm, List<String> arguments) {
        return jvm.command(BrokerMain.class, arguments);
    }

    private Path write() {
        try {
            Files.createDirectories(settings.toAbsolutePath().getParent());
            return Files.writeString(settings, properties());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String properties() {
        return """
                process.roles=%5$s
                node.id=%6$d
                controller.quorum.voters=1@127.0.0.1:%1$d
                listeners=%2$s%7$s
                advertised.listeners=%3$s
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%4$s
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
                """.formatted(
                        ports.controller(),
                        listeners(ports.outside()),
                        listeners(ports.advertised()),
                        data,
                        id == CONTROLLER ? "broker,controller" : "broker",
                        id,
                        id == CONTROLLER ? ",CONTROLLER://127.0.0.1:" + ports.controller() : "");
    }

    private String listeners(int outside) {
        String direct = "PLAINTEXT://" + address();
        return ports.outside() == ports.direct() ? direct : direct + ",OUTSIDE://127.0.0.1:" + outside;
    }

    /** Checks the broker once, for 2 s at most, and returns why it is not ready; empty if it is ready. */
    public Optional<String> problem() {
        // a client would log each failed attempt
        if (!isListening()) {
            return Optional.of("nothing listens on " + address());
        }
        try (Admin admin = admin(LOOK_MILLIS)) {
            boolean known = admin.describeCluster().nodes().get(LOOK_MILLIS, TimeUnit.MILLISECONDS).stream()
                    .anyMatch(node -> node.id() == id);
            return known ? Optional.empty() : Optional.of("it is not part of the cluster yet");
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of("it does not answer with metadata: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.direct())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Returns a client, which the caller closes, and whose calls end after the limit. */
    Admin admin(int limitMillis) {
        return Admin.create(Map.of(
                "bootstrap.servers", address(), "default.api.timeout.ms", limitMillis, "request.timeout.ms", 2_000));
    }

    /** Returns the address where it listens, which may differ from the one advertised to outside clients. */
    public String address() {
        return "127.0.0.1:" + ports.direct();
    }
}
