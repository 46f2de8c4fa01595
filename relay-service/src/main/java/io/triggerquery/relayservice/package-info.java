/**
 * Keeps triggers for other services and sends them: for those that cannot reach Kafka, or that may die before they
 * send.
 */
@NullMarked
package io.triggerquery.relayservice;

import org.jspecify.annotations.NullMarked;
