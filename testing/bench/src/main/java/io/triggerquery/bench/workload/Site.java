package io.triggerquery.bench.workload;

import io.triggerquery.bench.source.SourceControl;
import io.triggerquery.bench.source.SourceProcess;
import io.triggerquery.testbed.Broker;
import io.triggerquery.testbed.BrokerPorts;
import io.triggerquery.testbed.Jvm;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The servers that all runs share, each in a process of its own: a broker, the source and, when it is needed,
 * PostgreSQL.
 *
 * <p>Threads: one.
 */
public final class Site implements AutoCloseable {

    private final Path logs;
    private final Broker broker;
    private final SourceProcess source;
    private final Topics topics;
    private final Databases databases = new Databases();
    private int started;

    /**
     * Starts them.
     *
     * @param directory an empty one for their data and everybody's logs
     */
    public Site(Path directory) {
        logs = directory;
        broker = new Broker(directory, Jvm.of("-Xmx1g", "-Xms1g"), BrokerPorts.free());
        source = new SourceProcess(directory.resolve("source.log"));
        topics = new Topics(broker);
    }

    SourceControl source() {
        return source.control();
    }

    Topics topics() {
        return topics;
    }

    Databases databases() {
        return databases;
    }

    /** Sends triggers one by one, each at once. */
    Sender sender(PeerSetup setup) {
        return Sender.ofEach(broker.address(), setup.topic(), setup.ids());
    }

    /** Sends many triggers as fast as it can. */
    Sender loader(PeerSetup setup) {
        return Sender.ofMany(broker.address(), setup.topic(), setup.ids());
    }

    /** A group that nobody has used. */
    Group group(String peer, PeerSetup setup) {
        Group group = new Group(broker, peer + "-" + ++started, setup.topic(), setup.partitions());
        group.fromTheBeginning();
        return group;
    }

    /** Starts a peer, which reads on where its group is; returns when it is ready. */
    PeerProcess start(String peer, Group group, PeerSetup setup) {
        Map<String, String> properties = new HashMap<>(setup.properties());
        properties.put("bootstrap", broker.address());
        properties.put("group", group.name());
        properties.put("source", source.url().toString());
        return new PeerProcess(peer, properties, logs.resolve(group.name() + ".log"));
    }

    @Override
    public void close() {
        databases.close();
        source.close();
        broker.close();
    }
}
