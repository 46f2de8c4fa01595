/**
 * What a user of the trigger-query consumer writes against.
 *
 * <p>A trigger is an id and nothing else. For each id the framework
 *
 * <ol>
 *   <li>polls and decodes the trigger,
 *   <li>coalesces it with the other triggers of the same id,
 *   <li>queries the source for the current state,
 *   <li>hands that state to the annotated method, which projects it,
 *   <li>settles the trigger, and
 *   <li>commits the offset once everything below it is settled too.
 * </ol>
 */
@NullMarked
package io.triggerquery.consumer;

import org.jspecify.annotations.NullMarked;
