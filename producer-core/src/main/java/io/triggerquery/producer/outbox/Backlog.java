package io.triggerquery.producer.outbox;

import java.time.Duration;

/**
 * What waits in the table.
 *
 * @param pending the number of rows
 * @param oldestAge the age of the oldest by the database's clock; zero if there is none
 */
public record Backlog(long pending, Duration oldestAge) {}
