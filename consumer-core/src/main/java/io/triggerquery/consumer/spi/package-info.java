/** What applications implement to extend the trigger-query consumer. */
@NullMarked
package io.triggerquery.consumer.spi;

import org.jspecify.annotations.NullMarked;
