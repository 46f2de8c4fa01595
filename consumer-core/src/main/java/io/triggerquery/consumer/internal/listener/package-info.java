/** From the annotation to a running engine: finds the methods, checks them, and puts each listener together. */
@NullMarked
package io.triggerquery.consumer.internal.listener;

import org.jspecify.annotations.NullMarked;
