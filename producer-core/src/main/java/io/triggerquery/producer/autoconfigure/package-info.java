/** Assembles the producer in a Spring Boot application. */
@NullMarked
package io.triggerquery.producer.autoconfigure;

import org.jspecify.annotations.NullMarked;
