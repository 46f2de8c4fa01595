/** The producer's Micrometer meters. */
@NullMarked
package io.triggerquery.producer.internal.metrics;

import org.jspecify.annotations.NullMarked;
