/** Triggers that wait in this process's memory. */
@NullMarked
package io.triggerquery.producer.queue;

import org.jspecify.annotations.NullMarked;
