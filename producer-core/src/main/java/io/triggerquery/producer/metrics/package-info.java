/** The producer's Micrometer meters. */
@NullMarked
package io.triggerquery.producer.metrics;

import org.jspecify.annotations.NullMarked;
