package io.triggerquery.faultinjection.oracle;

import java.time.Duration;

/**
 * The size of a run.
 *
 * @param changes the number of changes
 * @param perSecond the number of transactions a second
 * @param deaths the number of kills, for faults with kills
 * @param outage the shortest outage of the broker; longer than the 4.5 s of a send
 * @param waitForLeases whether claims of a killed relay last until their lease ends, as in production
 */
public record Plan(int changes, int perSecond, int deaths, Duration outage, boolean waitForLeases) {}
