/** What is reported of a listener's reading: that it fails, that it works again, and what was lost. */
@NullMarked
package io.triggerquery.consumer.internal.reading;

import org.jspecify.annotations.NullMarked;
