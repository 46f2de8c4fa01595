/** Waits until projections have what the source has; see {@link io.triggerquery.consumer.Freshness}. */
@NullMarked
package io.triggerquery.consumer.internal.freshness;

import org.jspecify.annotations.NullMarked;
