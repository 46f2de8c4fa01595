/** Triggers as rows of the business database, and the relay that sends them. */
@NullMarked
package io.triggerquery.producer.internal.outbox;

import org.jspecify.annotations.NullMarked;
