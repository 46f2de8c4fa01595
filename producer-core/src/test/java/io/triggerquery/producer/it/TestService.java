package io.triggerquery.producer.it;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triggerquery.producer.Alarm;
import io.triggerquery.producer.AlarmHook;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TestDatabase;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.relay.TriggerRelays;
import io.triggerquery.producer.internal.relay.TriggerStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One instance of a plain application with a database, Flyway and producer-core. */
final class TestService implements AutoCloseable {

    /** Disables polling during a test, so that only a wake-up sends. */
    static final String NO_POLL = "triggerquery.producer.outbox.poll-interval=1h";

    static final String FAST_POLL = "triggerquery.producer.outbox.poll-interval=50ms";

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Alarms alarms() {
            return new Alarms();
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }

    static final class Alarms implements AlarmHook {

        private final List<Alarm> raised = new CopyOnWriteArrayList<>();

        @Override
        public void raise(Alarm alarm) {
            raised.add(alarm);
        }
    }

    private final ConfigurableApplicationContext context;

    private TestService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static TestService start(String topic, String... properties) {
        return start(TestDatabase.POSTGRESQL, topic, properties);
    }

    static TestService start(TestDatabase database, String topic, String... properties) {
        return new TestService(new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "spring.datasource.url=" + database.url(),
                        "spring.flyway.locations=" + database.location(),
                        "spring.kafka.bootstrap-servers=" + Servers.running().bootstrapServers(),
                        "triggerquery.producer.strategy=outbox",
                        "triggerquery.producer.schedule.pauses=1s",
                        "triggerquery.producer.schedule.last-pause=2s",
                        "triggerquery.producer.destinations.changed.topic=" + topic)
                .properties(properties)
                .run());
    }

    Receipt publish(String id) {
        return context.getBean(TriggerPublisher.class).tryPublish("changed", id);
    }

    void inTransaction(Consumer<TransactionTemplate> work) {
        work.accept(new TransactionTemplate(context.getBean(PlatformTransactionManager.class)));
    }

    long rows() {
        return jdbc().sql("select count(*) from trigger_outbox")
                .query(Long.class)
                .single();
    }

    /** Moves the creation time of every row into the past. */
    void age(Duration by) {
        jdbc().sql("update trigger_outbox set created_at = created_at - make_interval(secs => ?)")
                .param((double) by.toSeconds())
                .update();
    }

    /** The names of the strategies that send. */
    Set<String> strategies() {
        return context.getBean(TriggerRelays.class).byStrategy().keySet();
    }

    double gauge(String name, String strategy) {
        return context.getBean(MeterRegistry.class)
                .get(name)
                .tag("strategy", strategy)
                .gauge()
                .value();
    }

    TriggerRelay relay() {
        return context.getBean(TriggerRelays.class).byStrategy().get("outbox");
    }

    TriggerStore store() {
        return relay().store();
    }

    /** The kinds of alarm that were raised, oldest first. */
    List<String> alarms() {
        return raised().stream().map(Alarm::kind).toList();
    }

    /** The alarms that were raised, oldest first. */
    List<Alarm> raised() {
        return List.copyOf(context.getBean(Alarms.class).raised);
    }

    void execute(String statements) {
        jdbc().sql(statements).update();
    }

    /** Closes the connections of the pool, so that new ones have the current settings of the database. */
    void renewConnections() {
        context.getBean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
    }

    DataSource dataSource() {
        return context.getBean(DataSource.class);
    }

    double failures() {
        return context.getBean(MeterRegistry.class).find("triggerquery.producer.failed").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(dataSource());
    }

    @Override
    public void close() {
        context.close();
    }
}
