package io.triggerquery.bench.peer;

/**
 * What a peer is given.
 *
 * @param settings where things are, and how much
 * @param projection where states go
 * @param progress counts what has been done
 */
record Job(PeerSettings settings, Projection projection, Progress progress) {}
