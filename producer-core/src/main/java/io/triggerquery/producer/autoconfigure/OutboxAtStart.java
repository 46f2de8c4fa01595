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
 * Checks before the outbox's relay starts that the table {@code trigger_outbox} exists and that the application's role
 * has the rights that it needs. A role that may only insert would commit changes whose triggers are never sent. Where
 * the database does not answer, the application starts nevertheless, and the relay looks for it again.
 */
final class OutboxAtStart implements SmartLifecycle {

    /** What its driver calls the database that the outbox works in. */
    static final String PRODUCT = "PostgreSQL";

    private static final Logger log = LoggerFactory.getLogger(OutboxAtStart.class);
    private static final String NOTHING = """
            select id, generation, owner, destination, trigger_id, version, attempts, due_at, created_at, parked
              from trigger_outbox where 1 = 0
            """;
    // a right on the columns that are used is enough, and there is none to delete by columns
    private static final String MISSING = """
            select current_user, string_agg(privilege, ', ')
            from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) as privilege
            where not case privilege when 'DELETE' then has_table_privilege('trigger_outbox', privilege)
                else has_any_column_privilege('trigger_outbox', privilege) end
            """;
    private static final String OTHERS = """
            select owner, count(*) from trigger_outbox where owner not in (?, '') group by owner order by 2 desc limit 10
            """;

    private final boolean used;
    private final Application application;
    private final Supplier<@Nullable DataSource> database;
    private volatile boolean running;

    OutboxAtStart(boolean used, Application application, Supplier<@Nullable DataSource> database) {
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

    /** Rows of another name may be those of this application before it was renamed, and then no other application sends them. */
    private void tellOthers(JdbcTemplate jdbc) {
        if (application.isUnnamed()) {
            log.warn("Any application may take the triggers in trigger_outbox, since this one has no name: set"
                    + " spring.application.name or triggerquery.producer.application");
        }
        jdbc.query(
                OTHERS,
                row -> {
                    log.info(
                            "{} rows in trigger_outbox are of the application {}, and left alone. Was this one called so"
                                    + " before? Then give them its name: update trigger_outbox set owner = ...",
                            row.getLong(2),
                            LogSafe.of(row.getString(1)));
                },
                application.name());
    }

    private void check(JdbcTemplate jdbc) {
        try {
            String product = jdbc.execute((ConnectionCallback<String>) OutboxAtStart::product);
            if (!PRODUCT.equals(product)) {
                throw refused(
                        "works in " + PRODUCT + " only, and the database is " + product + ".",
                        "Set triggerquery.producer.strategy to one that needs no database, such as disk-queue, or use "
                                + PRODUCT + ".");
            }
            jdbc.query(MISSING, row -> {
                checkRights(row.getString(1), row.getString(2));
            });
            jdbc.queryForList(NOTHING);
            tellOthers(jdbc);
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
