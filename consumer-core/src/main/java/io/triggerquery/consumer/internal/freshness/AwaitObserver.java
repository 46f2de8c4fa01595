package io.triggerquery.consumer.internal.freshness;

import io.triggerquery.consumer.FreshnessResult;
import java.time.Duration;

/**
 * Is notified of the answers to callers, for meters.
 *
 * <p>Threads: any. Failure: must not throw.
 */
@FunctionalInterface
public interface AwaitObserver {

    /** An await of a listener has been answered. */
    void answered(String listener, FreshnessResult result, Duration took);
}
