package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.engine.Query;

/**
 * The query of a listener.
 *
 * @param query the query
 * @param address the address of the source without credentials and query, or the bean that is called and whether a
 *     thread waits for each call; for the log at the start
 */
record ListenerQuery(Query<Object> query, String address) {}
