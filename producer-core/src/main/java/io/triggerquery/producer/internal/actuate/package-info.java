/** For operators: the actuator's endpoint and health indicator. */
@NullMarked
package io.triggerquery.producer.internal.actuate;

import org.jspecify.annotations.NullMarked;
