/** The databases in which the consumer keeps tables of its own. */
@NullMarked
package io.triggerquery.consumer.internal.database;

import org.jspecify.annotations.NullMarked;
