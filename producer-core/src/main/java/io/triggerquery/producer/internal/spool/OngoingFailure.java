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
            notifyListener(receiver -> receiver.full(reason));
        }
    }

    synchronized void failed(String reason) {
        if (state != State.FAILED) {
            state = State.FAILED;
            log.error("Triggers are rejected: {}", reason);
            notifyListener(receiver -> receiver.failed(reason));
        }
    }

    synchronized void ended() {
        if (state != State.NONE) {
            state = State.NONE;
            log.info("Triggers are accepted again");
            notifyListener(SpoolListener::recovered);
        }
    }

    void lost(List<WaitingTrigger> triggers) {
        if (!triggers.isEmpty()) {
            notifyListener(receiver -> receiver.lost(triggers));
        }
    }

    void logTooLong(Path directory) {
        log.error(
                "A program that reads triggers.db in {} prevents its log from being emptied, so the file was written"
                        + " again: stop that program",
                directory);
        notifyListener(SpoolListener::logTooLong);
    }

    void damaged(Path quarantined, int salvaged) {
        log.error(
                "The spool's file was damaged and moved to {}; {} of its triggers could be read and are kept",
                quarantined,
                salvaged);
        notifyListener(receiver -> receiver.damaged(quarantined));
    }

    private void notifyListener(Consumer<SpoolListener> notification) {
        try {
            notification.accept(listener);
        } catch (RuntimeException e) {
            log.error("A listener of the spool failed and misses a notification", e);
        }
    }
}
