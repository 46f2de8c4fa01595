/** Limits how often a line is logged. */
@NullMarked
package io.triggerquery.consumer.internal.log;

import org.jspecify.annotations.NullMarked;
