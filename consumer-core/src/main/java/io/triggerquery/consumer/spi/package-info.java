/** What an application implements to extend the consumer: each type is a bean. */
@NullMarked
package io.triggerquery.consumer.spi;

import org.jspecify.annotations.NullMarked;
