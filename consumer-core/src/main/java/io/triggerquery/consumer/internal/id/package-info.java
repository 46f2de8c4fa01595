/** What a listener's ids may be, and their conversion to the parameters of source interfaces. */
@NullMarked
package io.triggerquery.consumer.internal.id;

import org.jspecify.annotations.NullMarked;
