/** Publishes what methods annotated with {@code @PublishTrigger} have changed. */
@NullMarked
package io.triggerquery.producer.declarative;

import org.jspecify.annotations.NullMarked;
