/** Keeps and sends triggers for other services: those that can't reach Kafka, and those that may die before they have. */
@NullMarked
package io.triggerquery.relayservice;

import org.jspecify.annotations.NullMarked;
