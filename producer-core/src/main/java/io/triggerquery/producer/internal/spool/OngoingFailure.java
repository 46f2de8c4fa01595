package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.relay.WaitingTrigger;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports a failure once when it begins and once when it has ended. Threads: any. */
final class OngoingFailure {

    private enum State {
        NONE,
        FULL,
        FAILED
    }

    private static final Logger log = LoggerFactory.getLogger(OngoingFailure.class);

    private final SpoolListener listener;
    private State state = State.NONE;

    OngoingFailure(SpoolListener listener) {
        this.listener = listener;
    }

    synchronized void full(String reason) {
        if (state == State.NONE) {
            state = State.FULL;
            log.error("Triggers are rejected: {}", reason);
            tell(to -> to.full(reason));
        }
    }

    synchronized void failed(String reason) {
        if (state != State.FAILED) {
            state = State.FAILED;
            log.error("Triggers are rejected: {}", reason);
            tell(to -> to.failed(reason));
        }
    }

    synchronized void ended() {
        if (state != State.NONE) {
            state = State.NONE;
            log.info("Triggers are accepted again");
            tell(SpoolListener::recovered);
        }
    }

    void lost(List<WaitingTrigger> triggers) {
        if (!triggers.isEmpty()) {
            tell(to -> to.lost(triggers));
        }
    }

    void held(Path directory) {
        log.error(
                "A program that reads triggers.db in {} has kept its log from being emptied, so that file was written"
                        + " anew: end that program",
                directory);
        tell(SpoolListener::held);
    }

    void damaged(Path quarantined, int salvaged) {
        log.error(
                "The spool's file was damaged and lies in {}; {} triggers could be read of it and go on",
                quarantined,
                salvaged);
        tell(to -> to.damaged(quarantined));
    }

    private void tell(Consumer<SpoolListener> what) {
        try {
            what.accept(listener);
        } catch (RuntimeException e) {
            log.error("A listener of the spool failed", e);
        }
    }
}
