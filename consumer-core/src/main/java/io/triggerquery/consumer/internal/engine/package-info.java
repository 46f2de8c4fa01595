/**
 * The engine, which decides which id to process next and which offset may be committed.
 *
 * <p>It is plain Java. Time, threads, the source and the projection are passed to
 * {@link io.triggerquery.consumer.internal.engine.TriggerEngine}'s constructor, so that a whole run can be replayed in
 * virtual time.
 */
@NullMarked
package io.triggerquery.consumer.internal.engine;

import org.jspecify.annotations.NullMarked;
