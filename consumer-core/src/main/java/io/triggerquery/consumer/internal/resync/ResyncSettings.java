package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.internal.engine.BackOff;
import java.time.Duration;

/**
 * The schedule and the rate of a resync.
 *
 * @param every how long after the end of one run the next begins; zero for never, except on demand
 * @param rate how many differences it requests in a second at most; a page counts like one of them. At least 1
 * @param maxOpen how many of its requests may be not done at once; at least 1
 * @param backOff how long it waits after a failure
 */
public record ResyncSettings(Duration every, int rate, int maxOpen, BackOff backOff) {}
