/** Decodes the ids and the versions of records. */
@NullMarked
package io.triggerquery.consumer.internal.decoding;

import org.jspecify.annotations.NullMarked;
