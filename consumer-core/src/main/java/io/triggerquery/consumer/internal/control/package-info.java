/**
 * The control topic of a group: the instances' statuses, pauses that last, and commands for the instance that can
 * execute them. It knows no Kafka; {@link io.triggerquery.consumer.internal.control.ControlLog} sends.
 */
@NullMarked
package io.triggerquery.consumer.internal.control;

import org.jspecify.annotations.NullMarked;
