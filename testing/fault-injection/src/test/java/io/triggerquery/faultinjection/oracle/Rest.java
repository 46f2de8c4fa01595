package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.oracle.Loss.Reason;
import io.triggerquery.faultinjection.world.Leases;
import io.triggerquery.faultinjection.world.RelayService;
import io.triggerquery.testbed.Await;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The end of a run, after the last change. */
record Rest(Stage stage, JdbcClient source, Copy copy) {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Set<Reason> NOT_EXPECTED = EnumSet.of(Reason.NOT_ACCEPTED, Reason.REPORTED);

    void endLeases() {
        Leases.end(source);
        RelayService relay = stage.relay();
        if (relay != null) {
            relay.endLeases();
        }
    }

    /** Returns when no accepted id is missing, or no trigger is left that could bring it. */
    void await() {
        Await.until("no trigger waits", POLL_INTERVAL, () -> isComplete() || stage.waiting() == 0);
        awaitEnd();
    }

    private boolean isComplete() {
        return stage.journal().judge(Window.NONE).losses(Source.read(source), copy.versions()).stream()
                .allMatch(loss -> NOT_EXPECTED.contains(loss.reason()));
    }

    /** Returns when the consumer has read all records. */
    void awaitEnd() {
        long before = copy.pollsAtEnd();
        Await.until("the consumer has read all", () -> {
            if (!copy.isAlive()) {
                throw new IllegalStateException("The consumer has ended");
            }
            // the poll that was in progress may have missed the last record
            return copy.pollsAtEnd() >= before + 2;
        });
    }
}
