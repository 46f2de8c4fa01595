/** The actuator endpoint and the health indicator of the producer. */
@NullMarked
package io.triggerquery.producer.internal.actuate;

import org.jspecify.annotations.NullMarked;
