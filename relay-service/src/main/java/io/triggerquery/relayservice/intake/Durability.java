package io.triggerquery.relayservice.intake;

import io.triggerquery.producer.internal.outbox.OutboxDatabase;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Warns at the start of a database whose answer to a commit does not mean that the triggers are on disk, and in which a
 * connection cannot change that. A connection to PostgreSQL can, see {@code database/postgresql.properties}.
 */
final class Durability {

    private static final Logger log = LoggerFactory.getLogger(Durability.class);
    private static final String MYSQL_FLUSH = "select @@global.innodb_flush_log_at_trx_commit";

    private final JdbcTemplate jdbc;

    Durability(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    void check() {
        switch (OutboxDatabase.find(OutboxDatabase.product(jdbc)).orElse(OutboxDatabase.POSTGRESQL)) {
            case POSTGRESQL -> {}
            case MYSQL -> warnUnlessFlushed(jdbc.queryForObject(MYSQL_FLUSH, Integer.class));
            case H2 ->
                log.warn("H2 writes commits to the disk later: triggers that were accepted are lost if the machine"
                        + " fails. Use it for trials only.");
        }
    }

    private static void warnUnlessFlushed(@Nullable Integer flush) {
        if (flush == null || flush != 1) {
            log.warn(
                    "The database writes commits to the disk later (innodb_flush_log_at_trx_commit = {}): triggers that"
                            + " were accepted are lost if its machine fails. Set it to 1.",
                    flush);
        }
    }
}
