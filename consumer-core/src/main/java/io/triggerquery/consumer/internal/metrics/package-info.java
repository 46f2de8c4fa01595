/** Log lines, meters and observations of the engine. */
@NullMarked
package io.triggerquery.consumer.internal.metrics;

import org.jspecify.annotations.NullMarked;
