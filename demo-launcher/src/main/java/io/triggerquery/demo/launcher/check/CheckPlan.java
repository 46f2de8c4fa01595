package io.triggerquery.demo.launcher.check;

import java.net.URI;
import java.time.Duration;

/**
 * The addresses and the size of a check.
 *
 * @param payments the number of sample payments
 * @param limit how long billing may take to receive all payments, and how long both services may take to agree after
 *     the fault
 */
public record CheckPlan(URI billing, URI payment, int payments, Duration limit) {}
