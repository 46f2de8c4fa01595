/** The types that an application implements to extend the producer. */
@NullMarked
package io.triggerquery.producer.spi;

import org.jspecify.annotations.NullMarked;
