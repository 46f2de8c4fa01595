/** What applications implement to extend trigger-query. */
@NullMarked
package io.triggerquery.consumer.spi;

import org.jspecify.annotations.NullMarked;
