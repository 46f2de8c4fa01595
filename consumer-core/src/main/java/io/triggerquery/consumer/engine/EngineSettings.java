package io.triggerquery.consumer.engine;

/**
 * The engine's limits.
 *
 * @param concurrency how many ids are worked on at once; at least 1
 * @param maxPending how much may be open before the partitions are paused, in deliveries (a message of more than a
 *     kilobyte counts once for each started kilobyte); reading starts again at half of it. At least 1. Up to one poll
 *     of each consumer thread can come on top.
 */
public record EngineSettings(int concurrency, long maxPending) {

    public EngineSettings {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, but is " + concurrency);
        }
        if (maxPending < 1) {
            throw new IllegalArgumentException("max-pending must be at least 1, but is " + maxPending);
        }
    }
}
