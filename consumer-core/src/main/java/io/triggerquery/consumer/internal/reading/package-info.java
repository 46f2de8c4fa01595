/** Reports how a listener reads: failures, recoveries and lost triggers. */
@NullMarked
package io.triggerquery.consumer.internal.reading;

import org.jspecify.annotations.NullMarked;
