package io.triggerquery.faultinjection.speed;

import io.triggerquery.faultinjection.world.RelayService;
import io.triggerquery.faultinjection.world.Settings;
import io.triggerquery.faultinjection.world.World;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.relay.DestinationState;
import io.triggerquery.producer.internal.relay.TriggerRelays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A service in this JVM, with a separate database and topic. */
final class Service implements AutoCloseable {

    static final String DESTINATION = "changed";

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    private final String name;
    private final @Nullable RelayService relay;
    private final ConfigurableApplicationContext context;

    /**
     * Starts a service.
     *
     * @param settings the producer's settings, without the common prefix
     */
    Service(World world, String kind, Map<String, String> settings) {
        name = kind + "-" + System.nanoTime();
        world.database().create(name);
        world.broker().create(name);
        Map<String, String> all = Settings.of(
                world, name, Map.of(DESTINATION, name), world.directory(name).resolve("spool"));
        all.put("spring.config.name", "fault-injection");
        all.put("spring.main.banner-mode", "off");
        all.put("spring.datasource.hikari.maximum-pool-size", "64");
        relay = kind.startsWith("relay") || kind.startsWith("registration")
                ? new RelayService(
                        world,
                        name + "-relay",
                        Map.of(DESTINATION, name),
                        world.directory(name).resolve("relay-service.log"))
                : null;
        if (relay != null) {
            relay.callerSettings().forEach((key, value) -> all.put(Settings.ROOT + key, value));
        }
        settings.forEach((key, value) -> all.put(Settings.ROOT + key, value));
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(Map.copyOf(all))
                .run();
        jdbc().sql("create table thing (id text primary key)").update();
    }

    String topic() {
        return name;
    }

    TriggerPublisher publisher() {
        return context.getBean(TriggerPublisher.class);
    }

    TransactionTemplate transactions() {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    long waiting() {
        return context.getBean(TriggerRelays.class).byStrategy().values().stream()
                .mapToLong(one -> one.store().backlog().pending())
                .sum();
    }

    /** Returns whether it has detected that Kafka cannot be reached. */
    boolean isCutOff() {
        return context.getBean(TriggerRelays.class).byStrategy().values().stream()
                .allMatch(one -> one.destinationStates().get(DESTINATION) == DestinationState.AWAY);
    }

    /** Returns whether a strategy has detected that Kafka cannot be reached. */
    boolean hasDetectedOutage() {
        return context.getBean(TriggerRelays.class).byStrategy().values().stream()
                .anyMatch(one -> one.destinationStates().get(DESTINATION) == DestinationState.AWAY);
    }

    @Override
    public void close() {
        context.close();
        if (relay != null) {
            relay.close();
        }
    }
}
