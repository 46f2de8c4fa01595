/** From {@code publish} to where a trigger waits: which strategy, and when with regard to the transaction. */
@NullMarked
package io.triggerquery.producer.internal.handoff;

import org.jspecify.annotations.NullMarked;
