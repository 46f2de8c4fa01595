/** Writes records to tables of the application. */
@NullMarked
package io.triggerquery.consumer.internal.table;

import org.jspecify.annotations.NullMarked;
