/** The actuator's endpoint and health indicator, for operators. */
@NullMarked
package io.triggerquery.consumer.internal.actuate;

import org.jspecify.annotations.NullMarked;
