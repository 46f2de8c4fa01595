package io.triggerquery.demo.launcher.check;

import java.net.URI;
import java.time.Duration;

/**
 * What is checked, and with how much.
 *
 * @param payments how many sample payments are made
 * @param limit how long learning of all payments may take, and again how long converging after the fault may
 */
public record CheckPlan(URI billing, URI payment, int payments, Duration limit) {}
