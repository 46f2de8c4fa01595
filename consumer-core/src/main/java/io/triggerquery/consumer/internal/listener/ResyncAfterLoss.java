package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.engine.Timer;
import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import io.triggerquery.consumer.internal.resync.ResyncStart;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests a resync when a listener has lost triggers, and logs the result. While a group rebalances it may not be
 * known yet that this instance is the one to run it, so it asks more than once.
 *
 * <p>Threads: any.
 */
final class ResyncAfterLoss implements ReadingListener {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 4;

    private final String listenerId;
    private final Supplier<ResyncStart> resync;
    private final Timer timer;

    ResyncAfterLoss(String listenerId, Supplier<ResyncStart> resync, Timer timer) {
        this.listenerId = listenerId;
        this.resync = resync;
        this.timer = timer;
    }

    @Override
    public void lost(Loss loss) {
        request(ATTEMPTS);
    }

    private void request(int attempts) {
        switch (resync.get()) {
            case NOW, AFTER_THE_RUN -> log.info("{}: a resync finds what was lost", listenerId);
            case NO_SOURCE ->
                log.error(
                        "{}: there is no ResyncSource, so nothing finds what was lost; trigger the ids that may have"
                                + " changed",
                        listenerId);
            case ELSEWHERE -> {
                if (attempts > 1) {
                    timer.schedule(ASK_AGAIN, () -> request(attempts - 1));
                } else {
                    log.error(
                            "{}: another instance runs the resync; request it there, so that what was lost is found",
                            listenerId);
                }
            }
        }
    }
}
