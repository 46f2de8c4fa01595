package io.triggerquery.consumer.listener;

import io.triggerquery.consumer.kafka.RegisteredListener;

/**
 * A listener that has been put together.
 *
 * @param registered its container
 * @param workers its worker threads
 */
record TriggerListener(RegisteredListener registered, WorkerThreads workers) {

    void close() {
        workers.close();
    }
}
