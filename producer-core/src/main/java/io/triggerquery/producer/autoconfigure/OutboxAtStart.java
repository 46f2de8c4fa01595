package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.relay.TriggerRelay;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Checks just before the outbox's relay starts, when the database has been migrated, that the table {@code
 * trigger_outbox} is there and the database is one that the outbox works in. Where the database does not answer, the
 * application starts nevertheless, and the relay looks for it again.
 */
final class OutboxAtStart implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxAtStart.class);
    private static final String PRODUCT = "PostgreSQL";
    private static final String NOTHING = """
            select id, generation, destination, trigger_id, version, attempts, due_at, created_at, parked
              from trigger_outbox where 1 = 0
            """;

    private final boolean used;
    private final Supplier<@Nullable DataSource> database;
    private volatile boolean running;

    OutboxAtStart(boolean used, Supplier<@Nullable DataSource> database) {
        this.used = used;
        this.database = database;
    }

    @Override
    public void start() {
        DataSource dataSource = used ? database.get() : null;
        if (dataSource != null) {
            check(new JdbcTemplate(dataSource));
        }
        running = true;
    }

    private static void check(JdbcTemplate jdbc) {
        try {
            String product = jdbc.execute((ConnectionCallback<String>) OutboxAtStart::product);
            if (!PRODUCT.equals(product)) {
                throw refused(
                        "works in " + PRODUCT + " only, and the database is " + product + ".",
                        "Set triggerquery.producer.strategy to one that needs no database, such as disk-queue, or use "
                                + PRODUCT + ".");
            }
            jdbc.queryForList(NOTHING);
        } catch (BadSqlGrammarException noTable) {
            throw refused(
                    "cannot use the table trigger_outbox: "
                            + noTable.getMostSpecificCause().getMessage(),
                    "Add classpath:db/triggerquery to spring.flyway.locations, or run R__trigger_outbox.sql from there,"
                            + " and let the application's user read and write the table.");
        } catch (FailureAnalyzedException refused) {
            throw refused;
        } catch (RuntimeException noAnswer) {
            log.warn(
                    "Whether the table trigger_outbox is there could not be checked, because the database does not answer:"
                            + " {}",
                    noAnswer.getClass().getName());
        }
    }

    private static String product(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName();
    }

    private static FailureAnalyzedException refused(String reason, String action) {
        return new FailureAnalyzedException("The strategy \"outbox\" " + reason, action);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return TriggerRelay.PHASE - 1;
    }
}
