/** The log of triggers that were given up, from which {@code triggerctl} can send them. */
@NullMarked
package io.triggerquery.producer.internal.report;

import org.jspecify.annotations.NullMarked;
