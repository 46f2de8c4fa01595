/**
 * The engine: which id to work on next, and which offset may be committed.
 *
 * <p>Plain Java. Time, threads, the source and the projection come in through {@link
 * io.triggerquery.consumer.internal.engine.TriggerEngine}'s constructor, so that a whole run can be replayed in virtual time.
 */
@NullMarked
package io.triggerquery.consumer.internal.engine;

import org.jspecify.annotations.NullMarked;
