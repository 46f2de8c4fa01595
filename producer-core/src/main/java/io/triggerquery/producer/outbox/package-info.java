/** Triggers as rows of the business database, and the relay that sends them. */
@NullMarked
package io.triggerquery.producer.outbox;

import org.jspecify.annotations.NullMarked;
