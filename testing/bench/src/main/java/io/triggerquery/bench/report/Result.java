package io.triggerquery.bench.report;

import io.triggerquery.bench.workload.Outcome;

/**
 * One run of a peer.
 *
 * @param workload the name of the workload
 * @param peer the name of the peer
 * @param run 1 for the peer's first run
 * @param outcome the result
 */
public record Result(String workload, String peer, int run, Outcome outcome) {}
