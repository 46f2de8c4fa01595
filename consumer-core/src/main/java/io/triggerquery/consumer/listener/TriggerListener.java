package io.triggerquery.consumer.listener;

import io.triggerquery.consumer.engine.TriggerEngine;

/**
 * A listener that has been put together.
 *
 * @param id its id
 * @param topic its topic
 * @param engine its engine
 * @param workers its worker threads
 */
record TriggerListener(String id, String topic, TriggerEngine engine, WorkerThreads workers) {

    void close() {
        workers.close();
    }
}
