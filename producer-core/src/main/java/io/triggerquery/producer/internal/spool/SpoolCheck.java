package io.triggerquery.producer.internal.spool;

import java.util.List;

/**
 * The result of a file check.
 *
 * @param problems the results of SQLite's integrity check; empty if the file is intact
 * @param waiting the number of rows that wait to be sent
 * @param parked the number of parked rows
 */
public record SpoolCheck(List<String> problems, long waiting, long parked) {}
