/** What the engine does, as log lines and meters. */
@NullMarked
package io.triggerquery.consumer.internal.metrics;

import org.jspecify.annotations.NullMarked;
