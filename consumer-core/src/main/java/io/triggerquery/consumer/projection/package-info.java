/** Keeps older states from overwriting newer ones, for projections whose own SQL can't compare versions. */
@NullMarked
package io.triggerquery.consumer.projection;

import org.jspecify.annotations.NullMarked;
