package io.triggerquery.consumer.internal.engine;

import java.util.List;

/**
 * The ids that are not simply done or next in line.
 *
 * @param total their number
 * @param longest those that have been stuck longest, in descending order
 */
public record StuckIds(int total, List<EngineStatus.Stuck> longest) {}
