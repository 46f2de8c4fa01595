package io.triggerquery.faultinjection.world;

import io.triggerquery.testbed.Await;
import io.triggerquery.testbed.FreePorts;
import io.triggerquery.testbed.JavaProcess;
import io.triggerquery.testbed.Jvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The relay service's jar, with a separate database. */
public final class RelayService implements AutoCloseable {

    private static final Path JAR = Path.of("..", "..", "relay-service", "target", "relay-service.jar");
    private static final String USER = "child";
    private static final String PASSWORD = "secret";

    private final int port = FreePorts.next();
    private final JdbcClient database;
    private final List<String> command;
    private final Path log;
    private JavaProcess process;

    /**
     * Starts a relay service.
     *
     * @param name the name of its database, which is created
     * @param topics the topic of each destination
     */
    public RelayService(World world, String name, Map<String, String> topics, Path log) {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(
                    JAR + " is missing, build it first: mvn -pl :fault-injection -am package -DskipTests");
        }
        this.log = log;
        world.database().create(name);
        database = world.database().direct(name);
        List<String> arguments = new ArrayList<>();
        Settings.common(topics).forEach((key, value) -> arguments.add("--" + key + "=" + value));
        arguments.add("--spring.datasource.url=" + world.database().relayUrl(name));
        arguments.add("--spring.kafka.bootstrap-servers=" + world.broker().address());
        arguments.add("--server.port=" + port);
        arguments.add("--triggerquery.relay-service.callers." + USER + ".password={noop}" + PASSWORD);
        arguments.add(
                "--triggerquery.relay-service.callers." + USER + ".destinations=" + String.join(",", topics.keySet()));
        command = Jvm.SMALL_AND_QUICK.command(JAR, arguments);
        start();
    }

    /** Starts the service, and returns when it is ready. */
    public void start() {
        CountDownLatch started = new CountDownLatch(1);
        process = JavaProcess.start(command, log, line -> {
            if (line.contains("Started RelayService")) {
                started.countDown();
            }
        });
        Await.until("the relay service is up, see " + log, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("The relay service has ended: see " + log);
            }
            return started.getCount() == 0;
        });
    }

    /** Kills the service with signal 9. */
    public void kill() {
        process.kill();
    }

    /** Returns the number of its pending triggers. */
    public long waiting() {
        return count("parked is null");
    }

    /** Returns the number of its parked triggers. */
    public long parked() {
        return count("parked is not null");
    }

    private long count(String where) {
        return database.sql("select count(*) from trigger_outbox where " + where)
                .query(Long.class)
                .single();
    }

    /** Ends the claims of killed instances, see {@link Leases}. */
    public void endLeases() {
        Leases.end(database);
    }

    /** Returns the settings of a service that uses it, without the common prefix. */
    public Map<String, String> callerSettings() {
        return Map.of(
                "relay-service.url",
                "http://127.0.0.1:" + port,
                "relay-service.user",
                USER,
                "relay-service.password",
                PASSWORD,
                "relay-service.max-run-time",
                "2s");
    }

    @Override
    public void close() {
        kill();
    }
}
