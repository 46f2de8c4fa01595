/** Reads the clients of Spring Cloud OpenFeign, so that they can be called without a waiting thread. */
@NullMarked
package io.triggerquery.consumer.internal.springcloud;

import org.jspecify.annotations.NullMarked;
