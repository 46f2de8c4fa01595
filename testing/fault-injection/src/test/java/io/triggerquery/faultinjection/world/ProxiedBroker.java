package io.triggerquery.faultinjection.world;

import io.triggerquery.testbed.Broker;
import io.triggerquery.testbed.BrokerPorts;
import io.triggerquery.testbed.FreePorts;
import io.triggerquery.testbed.Jvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A broker that the services use through a proxy, which can be cut, and the oracle directly. */
public final class ProxiedBroker implements AutoCloseable {

    private final Path directory;
    private final Proxy proxy;
    private final Broker broker;
    private @Nullable Broker second;

    ProxiedBroker(Path directory) {
        int outside = FreePorts.next();
        this.directory = directory;
        this.proxy = new Proxy(outside, Proxy::plain);
        this.broker = new Broker(directory, Jvm.SMALL_AND_QUICK, BrokerPorts.behind(outside, proxy.port()));
    }

    /** Starts the broker, and returns when it answers. */
    public void start() {
        broker.start();
    }

    /** Kills the broker with signal 9. It keeps acknowledged records. */
    public void kill() {
        broker.kill();
    }

    /** Returns the proxy. */
    public Proxy proxy() {
        return proxy;
    }

    /**
     * Starts a second broker, which leads the last partition of each topic that is created before {@link #endSecond}.
     */
    public void startSecond() {
        second = broker.second(directory.resolve("second"));
    }

    /** Returns the second broker. */
    public Broker second() {
        return Objects.requireNonNull(second, "no second broker was started");
    }

    /** Stops the second broker and removes the last partition of these topics. */
    public void endSecond() {
        if (second != null) {
            second.close();
        }
        second = null;
    }

    /** Creates a topic. */
    public void create(String topic) {
        int last = second == null ? broker.id() : second.id();
        Map<Integer, List<Integer>> leaders =
                Map.of(0, List.of(broker.id()), 1, List.of(broker.id()), 2, List.of(last));
        try (Admin admin = broker.admin()) {
            await(admin.createTopics(List.of(new NewTopic(topic, leaders))).all());
        }
    }

    /** Returns the number of records in the first partition of a topic, which is never the second broker's. */
    public long inFirstPartition(String topic) {
        TopicPartition first = new TopicPartition(topic, 0);
        try (Admin admin = broker.admin()) {
            return await(admin.listOffsets(Map.of(first, OffsetSpec.latest())).partitionResult(first))
                    .offset();
        }
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new KafkaException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
    }

    /** Returns its own address. */
    public String direct() {
        return broker.address();
    }

    /** Returns the address of the proxy. */
    public String address() {
        return "127.0.0.1:" + proxy.port();
    }

    @Override
    public void close() {
        proxy.close();
        endSecond();
        broker.close();
    }
}
