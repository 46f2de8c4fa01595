package io.triggerquery.producer.autoconfigure;

import io.triggerquery.producer.internal.outbox.MissingRights;
import io.triggerquery.producer.internal.outbox.OutboxDatabase;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.LogSafe;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Checks before the outbox's relay loop starts that the table {@code trigger_outbox} exists and that the application's
 * role has the rights that it needs. A role that may only insert would commit changes whose triggers are never sent. If
 * the database does not answer, the application starts nevertheless, and the relay loop retries.
 */
final class OutboxStartCheck implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxStartCheck.class);
    private static final String SELECT_NOTHING = """
            select id, generation, owner, destination, trigger_id, version, attempts, due_at, created_at, parked
              from trigger_outbox where 1 = 0
            """;
    private static final String OTHER_OWNERS = """
            select owner, count(*) from trigger_outbox where owner not in (?, '')
            group by owner order by 2 desc limit 10
            """;

    private final Set<String> destinations;
    private final Application application;
    private final Supplier<@Nullable DataSource> database;
    private volatile boolean running;

    /**
     * Creates a check.
     *
     * @param destinations those that use the outbox; without any, nothing is checked
     */
    OutboxStartCheck(Set<String> destinations, Application application, Supplier<@Nullable DataSource> database) {
        this.destinations = destinations;
        this.application = application;
        this.database = database;
    }

    @Override
    public void start() {
        DataSource dataSource = destinations.isEmpty() ? null : database.get();
        if (dataSource != null) {
            check(dataSource);
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

    private void check(DataSource dataSource) {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        String location = OutboxDatabase.POSTGRESQL.location();
        try {
            OutboxDatabase supported = supported(jdbc);
            location = supported.location();
            checkLog(supported, jdbc);
            checkName(supported, "the application", application.name());
            destinations.forEach(name -> checkName(supported, "a destination", name));
            checkRights(MissingRights.of(supported, dataSource));
            jdbc.queryForList(SELECT_NOTHING + supported.claimLock());
            logOtherOwners(jdbc);
        } catch (BadSqlGrammarException noTable) {
            throw refused(
                    "cannot use the table trigger_outbox: "
                            + noTable.getMostSpecificCause().getMessage(),
                    "Add " + location + " to spring.flyway.locations, or run R__trigger_outbox.sql from there,"
                            + " and let the application's user read and write the table. MySQL is supported from 8.0.13,"
                            + " MariaDB from 10.6.");
        } catch (FailureAnalyzedException refused) {
            throw refused;
        } catch (RuntimeException noAnswer) {
            log.warn(
                    "The table trigger_outbox could not be checked because the database does not answer; the relay loop"
                            + " retries: {}",
                    noAnswer.getClass().getName());
        }
    }

    private static OutboxDatabase supported(JdbcTemplate jdbc) {
        String product = OutboxDatabase.product(jdbc);
        return OutboxDatabase.find(product)
                .orElseThrow(() -> refused(
                        "requires " + OutboxDatabase.SUPPORTED + ", but the database is " + product + ".",
                        "Set triggerquery.producer.strategy to one that needs no database, such as disk-queue, or use one"
                                + " of these databases."));
    }

    private static void checkName(OutboxDatabase supported, String whose, String name) {
        supported.violation(name).ifPresent(violation -> {
            throw refused(
                    "cannot keep the name of " + whose + ", \"" + LogSafe.of(name) + "\": it " + violation + ".",
                    "Choose another name.");
        });
    }

    private static void checkRights(MissingRights missing) {
        if (!missing.rights().isEmpty()) {
            throw refused(
                    "cannot work: the user " + missing.user() + " lacks " + String.join(", ", missing.rights())
                            + " on the table trigger_outbox.",
                    "Run: grant select, insert, update, delete on trigger_outbox to " + missing.user() + ".");
        }
    }

    private static void checkLog(OutboxDatabase supported, JdbcTemplate jdbc) {
        if (supported.logsStatements(jdbc)) {
            throw refused(
                    "cannot work with binlog_format=STATEMENT, with which the server refuses its read committed"
                            + " transactions.",
                    "Set binlog_format of the server to ROW, its default, or to MIXED.");
        }
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
