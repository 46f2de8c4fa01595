/** Version checks for projections whose own SQL can't compare versions. */
@NullMarked
package io.triggerquery.consumer.projection;

import org.jspecify.annotations.NullMarked;
