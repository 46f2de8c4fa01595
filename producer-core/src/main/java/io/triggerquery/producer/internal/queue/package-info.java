/** Triggers that wait in this process's memory. */
@NullMarked
package io.triggerquery.producer.internal.queue;

import org.jspecify.annotations.NullMarked;
