package io.triggerquery.testbed;

import java.nio.file.Path;
import org.apache.kafka.clients.admin.Admin;

/**
 * A broker in a separate JVM, which ends with this one.
 *
 * <p>Threads: one at a time.
 */
public final class Broker implements AutoCloseable {

    private final Jvm jvm;
    private final int id;
    private final BrokerPorts ports;
    private final BrokerServer server;
    private final Path log;
    private JavaProcess process;

    /**
     * Starts a broker, and returns when it answers.
     *
     * @param directory the directory of its data and its log
     */
    public Broker(Path directory, Jvm jvm, BrokerPorts ports) {
        this(BrokerServer.CONTROLLER, directory, jvm, ports);
    }

    private Broker(int id, Path directory, Jvm jvm, BrokerPorts ports) {
        this.id = id;
        this.jvm = jvm;
        this.ports = ports;
        this.server =
                new BrokerServer(id, ports, directory.resolve("broker.properties"), directory.resolve("broker-data"));
        this.log = directory.resolve("broker.log");
        process = launch();
        awaitAnswer();
    }

    /** Starts a second broker in the same cluster, and returns when it answers; this one remains the controller. */
    public Broker second(Path directory) {
        int port = FreePorts.next();
        return new Broker(
                BrokerServer.CONTROLLER + 1,
                directory,
                jvm,
                new BrokerPorts(FreePorts.next(), ports.controller(), port, port));
    }

    /** Starts the broker again after a {@link #kill}, and returns when it answers. */
    public void start() {
        process = launch();
        awaitAnswer();
    }

    private JavaProcess launch() {
        return JavaProcess.start(server.command(jvm), log, line -> {});
    }

    private void awaitAnswer() {
        Await.until("the broker answers, see " + log, this::answers);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the broker has ended, see " + log);
        }
        return server.problem().isEmpty();
    }

    /** Kills the broker with signal 9. It keeps acknowledged records. */
    public void kill() {
        process.kill();
    }

    /** Returns its number in the cluster. */
    public int id() {
        return id;
    }

    /** Returns a new client, which the caller closes. Its calls end after 3 s. */
    public Admin admin() {
        return server.admin(3_000);
    }

    /** Returns the address where it listens, which may differ from the one advertised to outside clients. */
    public String address() {
        return server.address();
    }

    @Override
    public void close() {
        kill();
    }
}
