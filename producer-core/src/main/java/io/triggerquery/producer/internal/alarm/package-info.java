/** Tells people what needs them: that a destination can't be reached, that triggers are parked or given up. */
@NullMarked
package io.triggerquery.producer.internal.alarm;

import org.jspecify.annotations.NullMarked;
