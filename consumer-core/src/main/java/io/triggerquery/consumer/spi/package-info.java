/** The types that an application implements to extend the consumer. */
@NullMarked
package io.triggerquery.consumer.spi;

import org.jspecify.annotations.NullMarked;
