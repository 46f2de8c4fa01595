package io.triggerquery.producer.internal.spool;

import io.triggerquery.producer.internal.relay.WaitingTrigger;
import java.util.List;

/**
 * The contents of a file.
 *
 * @param triggers the triggers that can be read, parked ones first, then the oldest
 * @param problems one sentence for each row that cannot be read, and for the damage of the file
 */
public record SpoolContents(List<WaitingTrigger> triggers, List<String> problems) {}
