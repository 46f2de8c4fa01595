package io.triggerquery.producer.matrix;

import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.relay.TriggerRelays;
import io.triggerquery.producer.matrix.Place.Manager;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** A running service, which reports the state of each id in it. */
final class Service implements AutoCloseable {

    /** How a trigger is kept, and whether it survives the end of the process from before the commit on. */
    enum Kept {
        RETRY("retry", false, false),
        MEMORY_QUEUE("memory-queue", false, false),
        DISK_QUEUE("disk-queue", false, false),
        DISK_QUEUE_INTENT("disk-queue", true, true),
        RELAY("relay", false, false),
        REGISTRATION("registration", false, true),
        OUTBOX("outbox", false, true);

        final String strategy;
        final boolean intent;
        final boolean survivesTheProcess;

        Kept(String strategy, boolean intent, boolean survivesTheProcess) {
            this.strategy = strategy;
            this.intent = intent;
            this.survivesTheProcess = survivesTheProcess;
        }
    }

    private final ConfigurableApplicationContext context;
    private final RelayServiceStub relayService;
    private final Path spool;
    private final JdbcClient database;
    private final Map<Manager, PlatformTransactionManager> managers;

    Service(Kept kept, boolean autoCommit, String url, String other, Path directory) throws IOException {
        this.relayService = new RelayServiceStub();
        this.spool = directory;
        this.database = JdbcClient.create(new DriverManagerDataSource(url));
        this.context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(
                        "spring.main.banner-mode=off",
                        "matrix.url=" + url,
                        "matrix.other=" + other,
                        "matrix.auto-commit=" + autoCommit,
                        "triggerquery.producer.strategy=" + kept.strategy,
                        "triggerquery.producer.disk-queue.directory=" + spool,
                        "triggerquery.producer.disk-queue.intent=" + kept.intent,
                        "triggerquery.producer.relay-service.url=" + relayService.url(),
                        "triggerquery.producer.relay-service.user=billing",
                        "triggerquery.producer.relay-service.password=secret",
                        "triggerquery.producer.memory-queue.shutdown-timeout=0s",
                        "triggerquery.producer.schedule.drain-per-second=100000",
                        "triggerquery.producer.destinations.changed.topic=changed")
                .run();
        this.managers = Map.of(
                Manager.JDBC,
                context.getBean("jdbc", PlatformTransactionManager.class),
                Manager.JPA,
                context.getBean("jpa", PlatformTransactionManager.class),
                Manager.JDBC_NO_BEAN,
                new JdbcTransactionManager(dataSource()),
                Manager.JPA_NO_BEAN,
                new JpaTransactionManager(context.getBean(EntityManagerFactory.class)));
    }

    PlatformTransactionManager manager(Manager manager) {
        return managers.get(manager);
    }

    PlatformTransactionManager otherManager() {
        return context.getBean("otherJdbc", PlatformTransactionManager.class);
    }

    FaultyDataSource dataSource() {
        return context.getBean("business", FaultyDataSource.class);
    }

    FaultyDataSource otherDataSource() {
        return context.getBean("other", FaultyDataSource.class);
    }

    TriggerPublisher publisher() {
        return context.getBean(TriggerPublisher.class);
    }

    Application.Annotated annotated() {
        return context.getBean(Application.Annotated.class);
    }

    void publishEvent(Object event) {
        context.publishEvent(event);
    }

    /** Changes the business database in the current transaction. */
    void change(String id, boolean jpa, Runnable flushed) {
        if (jpa) {
            EntityManagerFactoryUtils.getTransactionalEntityManager(context.getBean(EntityManagerFactory.class))
                    .persist(new Thing(id, flushed));
        } else {
            JdbcClient.create(dataSource())
                    .sql("insert into thing values (?)")
                    .param(id)
                    .update();
        }
    }

    boolean isChanged(String id) {
        return count("thing", "id", id) > 0;
    }

    /** Whether the trigger was sent, or waits here or in the relay service. */
    boolean willSend(String id) {
        boolean waits = context.getBean(TriggerRelays.class).byStrategy().values().stream()
                .flatMap(relay -> relay.store().list(Integer.MAX_VALUE).stream())
                .anyMatch(waiting -> waiting.trigger().id().equals(id));
        return waits || isSent(id) || relayService.willSend(id);
    }

    /** Whether the trigger is sent even if the process ends now. */
    boolean survivesTheProcess(String id) {
        boolean kept = count("trigger_outbox", "trigger_id", id) > 0 || relayService.willSend(id) || isOnDisk(id);
        return kept || isSent(id);
    }

    private long count(String table, String column, String id) {
        return database.sql("select count(*) from " + table + " where " + column + " = ?")
                .param(id)
                .query(Long.class)
                .single();
    }

    private boolean isSent(String id) {
        return sent().stream().anyMatch(one -> one.id().equals(id));
    }

    /** Whether the trigger was sent after its change was visible. */
    boolean isSentAfterItsChange(String id) {
        return relayService.willSend(id)
                || sent().stream().anyMatch(one -> one.id().equals(id) && one.visible());
    }

    @SuppressWarnings("unchecked")
    private Queue<Application.Sent> sent() {
        return context.getBean("sent", Queue.class);
    }

    /** Whether a copy of the files contains the id, as after a halt. */
    private boolean isOnDisk(String id) {
        if (!Files.exists(spool.resolve("triggers.db"))) {
            return false;
        }
        try {
            Path copy = Files.createTempDirectory("halted");
            try (Stream<Path> files = Files.list(spool)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    // SQLite recreates the index from the log
                    if (file.getFileName().toString().matches("triggers\\.db(-wal)?")) {
                        Files.copy(file, copy.resolve(file.getFileName()));
                    }
                }
            }
            return isIn(copy.resolve("triggers.db"), id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isIn(Path file, String id) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement query = connection.prepareStatement("select count(*) from waiting where id = ?")) {
            query.setString(1, id);
            try (ResultSet found = query.executeQuery()) {
                return found.next() && found.getInt(1) > 0;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        relayService.close();
    }
}
