/** Keeps triggers as rows of a table in a database. */
@NullMarked
package io.triggerquery.producer.internal.outbox;

import org.jspecify.annotations.NullMarked;
