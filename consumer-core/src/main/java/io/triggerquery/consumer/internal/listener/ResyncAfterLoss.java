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
 * known yet which instance runs the resync, so the request is repeated.
 *
 * <p>Threads: any.
 */
final class ResyncAfterLoss implements ReadingListener {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final Duration REQUEST_INTERVAL = Duration.ofSeconds(5);
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
            case NOW, AFTER_THE_RUN ->
                log.info("{}: A resync was requested, which finds the lost changes.", listenerId);
            case NO_SOURCE ->
                log.error(
                        "{}: There is no ResyncSource, so the lost changes are not found. Trigger the ids that may have"
                                + " changed.",
                        listenerId);
            case ELSEWHERE -> {
                if (attempts > 1) {
                    timer.schedule(REQUEST_INTERVAL, () -> request(attempts - 1));
                } else {
                    log.error(
                            "{}: Another instance runs the resync. Request it there, so that the lost changes are"
                                    + " found.",
                            listenerId);
                }
            }
        }
    }
}
