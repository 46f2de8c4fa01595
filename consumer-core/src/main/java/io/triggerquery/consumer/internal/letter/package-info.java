/** What operators see of dead letters and deferred triggers, and what they can do with them. */
@NullMarked
package io.triggerquery.consumer.internal.letter;

import org.jspecify.annotations.NullMarked;
