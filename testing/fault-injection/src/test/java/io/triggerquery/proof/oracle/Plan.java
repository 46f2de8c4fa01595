package io.triggerquery.proof.oracle;

import java.time.Duration;

/**
 * How large a run is.
 *
 * @param changes how many the children make
 * @param perSecond how many transactions they do in a second
 * @param deaths how often a child is killed, where that is the fault
 * @param outage how long the broker is away at least; longer than the 4.5 s that a send is tried
 * @param waitForLeases whether what a dead relay has claimed waits until its lease runs out, as it does in production
 */
public record Plan(int changes, int perSecond, int deaths, Duration outage, boolean waitForLeases) {}
