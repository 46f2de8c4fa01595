package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.BrokerPorts;
import io.triggerquery.testbed.BrokerServer;
import io.triggerquery.testbed.Jvm;
import io.triggerquery.testbed.process.Port;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Kafka broker, in a separate JVM with the launcher's class path. */
record Broker(BrokerServer server) implements Part {

    private static final Jvm JVM = Jvm.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .with(Map.of(
                    "org.slf4j.simpleLogger.showDateTime", "true",
                    "org.slf4j.simpleLogger.dateTimeFormat", "HH:mm:ss.SSS"));

    Broker(Settings settings) {
        this(new BrokerServer(
                BrokerPorts.at(settings.port(PartName.BROKER).number()),
                settings.home().resolve("run").resolve("broker.properties"),
                settings.data(PartName.BROKER)));
    }

    @Override
    public PartName name() {
        return PartName.BROKER;
    }

    @Override
    public String address() {
        return server.address();
    }

    @Override
    public List<Port> ports() {
        return List.of(
                new Port(server.ports().direct()), new Port(server.ports().controller()));
    }

    @Override
    public Launch prepare() {
        return new Launch(server.detachedCommand(JVM), Map.of());
    }

    @Override
    public Optional<String> problem() {
        return server.problem();
    }
}
