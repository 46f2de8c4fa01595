/**
 * The API of the trigger-query consumer for applications.
 *
 * <p>A trigger is an id and nothing else. For each id the framework
 *
 * <ol>
 *   <li>polls and decodes the trigger,
 *   <li>coalesces it with the other triggers of the same id,
 *   <li>queries the source for the current state,
 *   <li>calls the annotated method with that state, which it projects,
 *   <li>settles the trigger, and
 *   <li>commits the offset once all deliveries before it are settled too.
 * </ol>
 */
@NullMarked
package io.triggerquery.consumer;

import org.jspecify.annotations.NullMarked;
