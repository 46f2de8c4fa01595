/** What a failure is without its wrapping, and how it is told. */
@NullMarked
package io.triggerquery.consumer.failure;

import org.jspecify.annotations.NullMarked;
