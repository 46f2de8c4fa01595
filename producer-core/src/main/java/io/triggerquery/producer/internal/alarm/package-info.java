/** Raises alarms for operators: a destination cannot be reached, or triggers are parked or given up. */
@NullMarked
package io.triggerquery.producer.internal.alarm;

import org.jspecify.annotations.NullMarked;
