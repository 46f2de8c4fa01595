package io.triggerquery.producer.outbox;

/**
 * A claimed row of one destination.
 *
 * @param rowId the row's own id
 * @param id the trigger's id
 */
public record OutboxRow(long rowId, String id) {}
