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
 * A Kafka broker that is its own controller, in a JVM of its own: its settings, its command, and whether it answers.
 *
 * @param settings the file that its settings are written to
 * @param data the directory of its records
 */
public record BrokerServer(BrokerPorts ports, Path settings, Path data) {

    private static final int LOOK_MILLIS = 2_000;

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
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                listeners=%2$s,CONTROLLER://127.0.0.1:%1$d
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
                """.formatted(ports.controller(), listeners(ports.outside()), listeners(ports.advertised()), data);
    }

    private String listeners(int outside) {
        String direct = "PLAINTEXT://" + address();
        return ports.outside() == ports.direct() ? direct : direct + ",OUTSIDE://127.0.0.1:" + outside;
    }

    /** Looks once, for 2 s at most, and returns why the broker is of no use yet; nothing if it answers. */
    public Optional<String> trouble() {
        // a client would complain of each try in the log
        if (!isListening()) {
            return Optional.of("nothing listens on " + address());
        }
        try (Admin admin = admin(LOOK_MILLIS)) {
            boolean empty = admin.describeCluster()
                    .nodes()
                    .get(LOOK_MILLIS, TimeUnit.MILLISECONDS)
                    .isEmpty();
            return empty ? Optional.of("it knows no broker yet") : Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of("it answers no metadata: " + e.getMessage());
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

    /** Where it listens, whatever it tells clients that come from outside. */
    public String address() {
        return "127.0.0.1:" + ports.direct();
    }
}
