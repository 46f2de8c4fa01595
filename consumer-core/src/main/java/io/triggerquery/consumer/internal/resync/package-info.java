/**
 * Compares projections with their sources, and has asked for what differs.
 *
 * <p>A run lists the source page by page, looks up which versions the projection holds, and requests those ids from the
 * listener's engine that are missing or older: behind the live triggers, at a bounded rate. The way of an id from there
 * on is that of any trigger. The instance that has partition 0 of the listener's topic runs; the others look on.
 */
@NullMarked
package io.triggerquery.consumer.internal.resync;

import org.jspecify.annotations.NullMarked;
