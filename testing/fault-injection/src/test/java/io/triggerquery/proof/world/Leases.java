package io.triggerquery.proof.world;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What relays that are dead have claimed. */
public final class Leases {

    private Leases() {}

    /** Ends them now; what is registered and not activated goes on waiting. */
    public static void end(JdbcClient database) {
        database.sql("do $$ begin if to_regclass('trigger_outbox') is not null then"
                        + " update trigger_outbox set due_at = now() where run_seconds is null; end if; end $$")
                .update();
    }
}
