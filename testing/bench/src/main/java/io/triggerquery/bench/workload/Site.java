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
 * The servers that all runs share, each in a separate process: a broker, the source and, if it is needed, PostgreSQL.
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
     * Starts the servers.
     *
     * @param directory an empty directory for their data and all logs
     */
    public Site(Path directory) {
        logs = directory;
        broker = new Broker(directory, Jvm.of("-Xmx1g", "-Xms1g"), BrokerPorts.free());
        source = new SourceProcess(directory);
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

    /** Creates a sender that sends each trigger at once. */
    Sender sender(PeerSetup setup) {
        return Sender.ofEach(broker.address(), setup.topic(), setup.ids());
    }

    /** Creates a sender that sends many triggers as fast as possible. */
    Sender loader(PeerSetup setup) {
        return Sender.ofMany(broker.address(), setup.topic(), setup.ids());
    }

    /** Creates a new group. */
    Group group(String peer, PeerSetup setup) {
        return new Group(broker, peer + "-" + ++started, setup.topic(), setup.partitions());
    }

    /** Starts a peer, which continues at its group's offsets; returns when it is ready. */
    PeerProcess start(String peer, Group group, PeerSetup setup) {
        Map<String, String> properties = new HashMap<>(setup.properties());
        properties.put("bootstrap", broker.address());
        properties.put("group", group.name());
        properties.put("source", source.url().toString());
        properties.put("secureSource", source.secureUrl().toString());
        properties.put("certificate", source.certificate().toString());
        return new PeerProcess(peer, properties, logs.resolve(group.name() + ".log"));
    }

    @Override
    public void close() {
        databases.close();
        source.close();
        broker.close();
    }
}
