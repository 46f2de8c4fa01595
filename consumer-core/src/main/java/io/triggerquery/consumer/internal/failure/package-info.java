/** What a failure is without its wrapping, and how it is told. */
@NullMarked
package io.triggerquery.consumer.internal.failure;

import org.jspecify.annotations.NullMarked;
