/** Publishes what methods annotated with {@code @PublishTrigger} have changed. */
@NullMarked
package io.triggerquery.producer.internal.declarative;

import org.jspecify.annotations.NullMarked;
