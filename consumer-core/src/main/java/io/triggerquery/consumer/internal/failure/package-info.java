/** Unwraps failures, and summarizes them for logs and reports. */
@NullMarked
package io.triggerquery.consumer.internal.failure;

import org.jspecify.annotations.NullMarked;
