package io.triggerquery.producer.internal.spool;

import java.util.List;

/**
 * The result of a file check.
 *
 * @param problems what SQLite's integrity check says; empty if all is well
 * @param waiting how many rows wait to be sent
 * @param parked how many rows wait for an operator
 */
public record SpoolCheck(List<String> problems, long waiting, long parked) {}
