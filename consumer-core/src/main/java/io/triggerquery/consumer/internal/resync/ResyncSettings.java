package io.triggerquery.consumer.internal.resync;

import io.triggerquery.consumer.spi.BackOff;
import java.time.Duration;

/**
 * The schedule and the rate of a resync.
 *
 * @param every the time from the end of one run to the start of the next; zero for runs on demand only
 * @param rate the maximum number of requests per second; a page counts as one request. At least 1
 * @param maxOpen the maximum number of open requests; at least 1
 * @param backOff the pause after a failure
 */
public record ResyncSettings(Duration every, int rate, int maxOpen, BackOff backOff) {}
