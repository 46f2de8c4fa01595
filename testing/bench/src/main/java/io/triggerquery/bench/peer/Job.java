package io.triggerquery.bench.peer;

/**
 * The parts of a run that each peer receives.
 *
 * @param settings addresses and limits
 * @param projection the projection of states
 * @param progress counts the work that is done
 */
record Job(PeerSettings settings, Projection projection, Progress progress) {}
