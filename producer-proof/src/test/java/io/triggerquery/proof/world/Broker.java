package io.triggerquery.proof.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/** A broker in a JVM of its own. The services reach it through a proxy that can be cut, the oracle past it. */
public final class Broker implements AutoCloseable {

    private static final int PARTITIONS = 3;

    private final int port = FreePorts.next();
    private final Path properties;
    private final Path log;
    private final Proxy proxy;
    private JavaProcess process;

    Broker(Path directory) {
        int outside = FreePorts.next();
        this.proxy = new Proxy(outside, Proxy::plain);
        this.properties = directory.resolve("broker.properties");
        this.log = directory.resolve("broker.log");
        write(properties(directory, outside, FreePorts.next()));
        start();
    }

    private void write(String text) {
        try {
            Files.writeString(properties, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String properties(Path directory, int outside, int controller) {
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
                offsets.topic.replication.factor=1
                # after a kill -9 the controller refuses the broker until its old session has run out
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=500
                """.formatted(controller, port, outside, proxy.port(), directory.resolve("broker-data"));
    }

    /** Starts it, and returns when it answers. */
    public void start() {
        process = JavaProcess.start(
                JavaProcess.command(BrokerMain.class, List.of(properties.toString())), log, line -> {});
        Patience.until("the broker answers, see " + log, this::answers);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the broker has ended, see " + log);
        }
        try (Admin admin = admin()) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (Exception e) {
            return false;
        }
    }

    /** Kills it with signal 9; it keeps what it has acknowledged. */
    public void kill() {
        process.kill();
    }

    /** Where to cut and to heal. */
    public Proxy proxy() {
        return proxy;
    }

    /** Makes a topic. */
    public void create(String topic) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    private Admin admin() {
        return Admin.create(
                Map.of("bootstrap.servers", direct(), "default.api.timeout.ms", 3_000, "request.timeout.ms", 2_000));
    }

    /** Its address past the proxy. */
    public String direct() {
        return "127.0.0.1:" + port;
    }

    /** Its address through the proxy. */
    public String address() {
        return "127.0.0.1:" + proxy.port();
    }

    @Override
    public void close() {
        proxy.close();
        process.kill();
    }
}
