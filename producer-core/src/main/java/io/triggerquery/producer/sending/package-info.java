/** How a trigger leaves the process: one send and what became of it. */
@NullMarked
package io.triggerquery.producer.sending;

import org.jspecify.annotations.NullMarked;
