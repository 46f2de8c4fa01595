package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.process.EnvironmentProblem;
import io.triggerquery.testbed.process.Port;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The directories and ports of the demo.
 *
 * @param root the root of the sources, which contains the built services
 * @param home the directory of pids, logs and data; {@code .demo} by default
 * @param ports the port of each part; the broker's controller uses the one after the broker's
 */
public record Settings(Path root, Path home, Map<PartName, Port> ports) {

    private static final Map<PartName, Integer> DEFAULT_PORTS = Map.of(
            PartName.BROKER, 9092,
            PartName.DATABASE, 5433,
            PartName.RELAY, 8083,
            PartName.BILLING, 8081,
            PartName.PAYMENT, 8082);

    /** Reads {@code DEMO_HOME}, {@code DEMO_BROKER_PORT} and the ports of the other parts. */
    public static Settings from(Path root, Map<String, String> environment) {
        Map<PartName, Port> ports = new EnumMap<>(PartName.class);
        DEFAULT_PORTS.forEach((part, usual) -> ports.put(part, port(part, usual, environment)));
        Path home = root.resolve(environment.getOrDefault("DEMO_HOME", ".demo"));
        return new Settings(root, home.toAbsolutePath().normalize(), Map.copyOf(ports));
    }

    private static Port port(PartName part, int usual, Map<String, String> environment) {
        String variable = portVariable(part);
        String value = environment.getOrDefault(variable, Integer.toString(usual));
        if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > 65_534) {
            throw new EnvironmentProblem(variable + " must be a port from 1 to 65534, not '" + value + "'.");
        }
        return new Port(Integer.parseInt(value));
    }

    /** Returns the environment variable that sets the port of a part. */
    static String portVariable(PartName part) {
        return "DEMO_" + part.name() + "_PORT";
    }

    public Port port(PartName part) {
        Port port = ports.get(part);
        if (port == null) {
            throw new IllegalStateException("no port for " + part);
        }
        return port;
    }

    public String url(PartName part) {
        return "http://127.0.0.1:" + port(part).number();
    }

    public Path data(PartName part) {
        return home.resolve("data").resolve(part.toString());
    }

    public Path log(PartName part) {
        return home.resolve("logs").resolve(part + ".log");
    }

    public Path pidFile(PartName part) {
        return home.resolve("run").resolve(part + ".pid");
    }

    /** Returns the strategy with which the demo was started. */
    public ChosenProducer producer() {
        return new ChosenProducer(home.resolve("run").resolve("producer"));
    }

    public Path lock(String name) {
        return home.resolve("run").resolve(name + ".lock");
    }
}
