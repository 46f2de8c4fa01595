/** Queries a source: a Feign interface behind a short retry and the source's circuit breaker. */
@NullMarked
package io.triggerquery.consumer.internal.query;

import org.jspecify.annotations.NullMarked;
