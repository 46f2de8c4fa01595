/**
 * Measures how consistent projections are with their sources.
 *
 * <p>A monitor checks samples: ids for which a trigger was received, at several ages of the trigger, and ids that the
 * source or the projection lists. A check queries the source, then reads the projection, and compares the two. What
 * differs for longer than a change can be under way is a violation, which is counted with the cause that is proved, and
 * repaired by a trigger. Time, randomness and both sides are passed in.
 */
@NullMarked
package io.triggerquery.consumer.internal.monitor;

import org.jspecify.annotations.NullMarked;
