package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import io.triggerquery.consumer.internal.resync.ResyncStart;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests a resync when a listener has lost triggers, and logs the result.
 *
 * <p>Threads: any.
 */
final class ResyncAfterLoss implements ReadingListener {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final String listenerId;
    private final Supplier<ResyncStart> resync;

    ResyncAfterLoss(String listenerId, Supplier<ResyncStart> resync) {
        this.listenerId = listenerId;
        this.resync = resync;
    }

    @Override
    public void lost(Loss loss) {
        if (resync.get() == ResyncStart.NO_SOURCE) {
            log.error(
                    "{}: There is no ResyncSource, so the lost changes are not found. Trigger the ids that may have"
                            + " changed.",
                    listenerId);
        } else {
            log.info("{}: A resync was requested, which finds the lost changes.", listenerId);
        }
    }
}
