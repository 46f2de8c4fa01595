package io.triggerquery.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * A broker in a JVM of its own, which ends with this one.
 *
 * <p>Threads: one at a time.
 */
public final class Broker implements AutoCloseable {

    private final Jvm jvm;
    private final BrokerPorts ports;
    private final Path properties;
    private final Path log;
    private JavaProcess process;

    /**
     * Starts one, and returns when it answers.
     *
     * @param directory where its data and its log are
     */
    public Broker(Path directory, Jvm jvm, BrokerPorts ports) {
        this.jvm = jvm;
        this.ports = ports;
        this.properties = directory.resolve("broker.properties");
        this.log = directory.resolve("broker.log");
        try {
            Files.createDirectories(directory);
            Files.writeString(properties, properties(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = launch();
        awaitAnswer();
    }

    private String properties(Path directory) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                listeners=PLAINTEXT://127.0.0.1:%2$d,OUTSIDE://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%1$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%2$d,OUTSIDE://127.0.0.1:%4$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%5$s
                auto.create.topics.enable=false
                offsets.topic.num.partitions=3
                offsets.topic.replication.factor=1
                group.initial.rebalance.delay.ms=0
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                # after a kill -9 the controller refuses the broker until its old session has run out
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=500
                """.formatted(
                        ports.controller(),
                        ports.direct(),
                        ports.outside(),
                        ports.advertised(),
                        directory.resolve("broker-data"));
    }

    /** Starts it again after a {@link #kill}, and returns when it answers. */
    public void start() {
        process = launch();
        awaitAnswer();
    }

    private JavaProcess launch() {
        return JavaProcess.start(jvm.command(BrokerMain.class, List.of(properties.toString())), log, line -> {});
    }

    private void awaitAnswer() {
        Patience.until("the broker answers, see " + log, this::answers);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the broker has ended, see " + log);
        }
        // a client would complain of each try in the log
        if (!isListening()) {
            return false;
        }
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (Exception notYet) {
            return false;
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.direct())) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Kills it with signal 9; it keeps what it has acknowledged. */
    public void kill() {
        process.kill();
    }

    /** A client of its own for the caller, who closes it. It gives up after 3 s. */
    public Admin admin() {
        return Admin.create(
                Map.of("bootstrap.servers", address(), "default.api.timeout.ms", 3_000, "request.timeout.ms", 2_000));
    }

    /** Where it listens, whatever it tells clients that come from outside. */
    public String address() {
        return "127.0.0.1:" + ports.direct();
    }

    @Override
    public void close() {
        kill();
    }
}
