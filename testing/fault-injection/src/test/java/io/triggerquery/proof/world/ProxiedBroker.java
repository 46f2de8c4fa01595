package io.triggerquery.proof.world;

import io.triggerquery.testbed.Broker;
import io.triggerquery.testbed.BrokerPorts;
import io.triggerquery.testbed.FreePorts;
import io.triggerquery.testbed.Jvm;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/** A broker that the services reach through a proxy that can be cut, and the oracle past it. */
public final class ProxiedBroker implements AutoCloseable {

    private static final int PARTITIONS = 3;

    private final Proxy proxy;
    private final Broker broker;

    ProxiedBroker(Path directory) {
        int outside = FreePorts.next();
        this.proxy = new Proxy(outside, Proxy::plain);
        this.broker = new Broker(directory, Jvm.SMALL_AND_QUICK, BrokerPorts.behind(outside, proxy.port()));
    }

    /** Starts it, and returns when it answers. */
    public void start() {
        broker.start();
    }

    /** Kills it with signal 9; it keeps what it has acknowledged. */
    public void kill() {
        broker.kill();
    }

    /** Where to cut and to heal. */
    public Proxy proxy() {
        return proxy;
    }

    /** Makes a topic. */
    public void create(String topic) {
        try (Admin admin = broker.admin()) {
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

    /** Its address past the proxy. */
    public String direct() {
        return broker.address();
    }

    /** Its address through the proxy. */
    public String address() {
        return "127.0.0.1:" + proxy.port();
    }

    @Override
    public void close() {
        proxy.close();
        broker.close();
    }
}
