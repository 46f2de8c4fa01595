package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.LogSafe;
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
 * Checks before the outbox's relay loop starts that the table {@code trigger_outbox} exists and that the application's
 * role has the rights that it needs. A role that may only insert would commit changes whose triggers are never sent. If
 * the database does not answer, the application starts nevertheless, and the relay loop retries.
 */
final class OutboxStartCheck implements SmartLifecycle {

    /** The product name of the database that the outbox requires. */
    static final String PRODUCT = "PostgreSQL";

    private static final Logger log = LoggerFactory.getLogger(OutboxStartCheck.class);
    private static final String SELECT_NOTHING = """
            select id, generation, owner, destination, trigger_id, version, attempts, due_at, created_at, parked
              from trigger_outbox where 1 = 0
            """;
    // rights on columns are sufficient, except DELETE, which exists only for tables
    private static final String MISSING_RIGHTS = """
            select current_user, string_agg(privilege, ', ')
            from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as privilege
            where not case privilege when 'DELETE' then has_table_privilege('trigger_outbox', privilege)
                else has_any_column_privilege('trigger_outbox', privilege) end
            """;
    private static final String OTHER_OWNERS = """
            select owner, count(*) from trigger_outbox where owner not in (?, '')
            group by owner order by 2 desc limit 10
            """;

    private final boolean used;
    private final Application application;
    private final Supplier<@Nullable DataSource> database;
    private volatile boolean running;

    OutboxStartCheck(boolean used, Application application, Supplier<@Nullable DataSource> database) {
        this.used = used;
        this.application = application;
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

    /** Logs rows of other applications: they may be from before a renaming of this one, and then nothing sends them. */
    private void logOtherOwners(JdbcTemplate jdbc) {
        if (application.isUnnamed()) {
            log.warn("This application has no name, so other applications that share the table trigger_outbox may send"
                    + " its triggers: set spring.application.name or triggerquery.producer.application");
        }
        jdbc.query(
                OTHER_OWNERS,
                row -> {
                    log.info(
                            "{} rows in trigger_outbox belong to the application {} and are not sent by this one. If"
                                    + " this application had that name before, run: update trigger_outbox set owner = ...",
                            row.getLong(2),
                            LogSafe.of(row.getString(1)));
                },
                application.name());
    }

    private void check(JdbcTemplate jdbc) {
        try {
            String product = jdbc.execute((ConnectionCallback<String>) OutboxStartCheck::product);
            if (!PRODUCT.equals(product)) {
                throw refused(
                        "requires " + PRODUCT + ", but the database is " + product + ".",
                        "Set triggerquery.producer.strategy to one that needs no database, such as disk-queue, or use "
                                + PRODUCT + ".");
            }
            jdbc.query(MISSING_RIGHTS, row -> {
                checkRights(row.getString(1), row.getString(2));
            });
            jdbc.queryForList(SELECT_NOTHING);
            logOtherOwners(jdbc);
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
                    "The table trigger_outbox could not be checked because the database does not answer; the relay loop"
                            + " retries: {}",
                    noAnswer.getClass().getName());
        }
    }

    private static void checkRights(String role, @Nullable String missing) {
        if (missing != null) {
            throw refused(
                    "cannot work: the role \"" + role + "\" lacks " + missing + " on the table trigger_outbox.",
                    "Run: grant select, insert, update, delete on trigger_outbox to \"" + role + "\".");
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
