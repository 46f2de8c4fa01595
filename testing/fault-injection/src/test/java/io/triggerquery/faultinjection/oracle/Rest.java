package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.oracle.Loss.Why;
import io.triggerquery.faultinjection.world.Leases;
import io.triggerquery.faultinjection.world.RelayService;
import io.triggerquery.testbed.Patience;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The end of a run, after the last change. */
record Rest(Stage stage, JdbcClient source, Copy copy) {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Set<Why> WILL_NOT_COME = EnumSet.of(Why.NOT_ACCEPTED, Why.REPORTED);

    void endLeases() {
        Leases.end(source);
        RelayService relay = stage.relay();
        if (relay != null) {
            relay.endLeases();
        }
    }

    /** Returns when no accepted id is missing, or no trigger is left that could bring it. */
    void await() {
        Patience.until("no trigger waits", POLL_INTERVAL, () -> isComplete() || stage.waiting() == 0);
        awaitEnd();
    }

    private boolean isComplete() {
        return stage.journal().judge(Window.NONE).losses(Source.read(source), copy.versions()).stream()
                .allMatch(loss -> WILL_NOT_COME.contains(loss.why()));
    }

    /** Returns when the consumer has read all records. */
    void awaitEnd() {
        long before = copy.looksAtTheEnd();
        Patience.until("the consumer has read all", () -> {
            if (!copy.isAlive()) {
                throw new IllegalStateException("The consumer has ended");
            }
            // the poll that was in progress may have missed the last record
            return copy.looksAtTheEnd() >= before + 2;
        });
    }
}
