/** The log of triggers that were given up, from which a command sends them again. */
@NullMarked
package io.triggerquery.producer.internal.report;

import org.jspecify.annotations.NullMarked;
