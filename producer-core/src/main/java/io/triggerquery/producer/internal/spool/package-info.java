/** Triggers that wait on this machine's disk: a SQLite file under the queue in memory. */
@NullMarked
package io.triggerquery.producer.internal.spool;

import org.jspecify.annotations.NullMarked;
