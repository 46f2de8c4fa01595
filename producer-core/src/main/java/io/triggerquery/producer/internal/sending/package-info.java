/** How a trigger leaves the process: one send and what became of it. */
@NullMarked
package io.triggerquery.producer.internal.sending;

import org.jspecify.annotations.NullMarked;
