package io.triggerquery.faultinjection.world;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The claims of relays that were killed. */
public final class Leases {

    private Leases() {}

    /** Ends them now; entries that are registered and not activated still wait. */
    public static void end(JdbcClient database) {
        database.sql("do $$ begin if to_regclass('trigger_outbox') is not null then"
                        + " update trigger_outbox set due_at = now() where run_seconds is null; end if; end $$")
                .update();
    }
}
