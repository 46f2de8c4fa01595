package io.triggerquery.bench.report;

import io.triggerquery.bench.workload.Outcome;

/**
 * One run.
 *
 * @param workload its name
 * @param peer who did it
 * @param run 1 for the peer's first
 * @param outcome what it has shown
 */
public record Result(String workload, String peer, int run, Outcome outcome) {}
