/**
 * Compares projections with their sources, and triggers the ids that differ.
 *
 * <p>A run lists the source page by page, looks up which versions the projection holds, and requests those ids from the
 * listener's engine that are missing or older, with a lower priority than live triggers and at a bounded rate. From
 * then on an id is processed like any trigger. Only the instance that has partition 0 of the listener's topic runs.
 */
@NullMarked
package io.triggerquery.consumer.internal.resync;

import org.jspecify.annotations.NullMarked;
