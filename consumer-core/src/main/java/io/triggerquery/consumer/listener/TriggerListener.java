package io.triggerquery.consumer.listener;

/**
 * A listener that has been put together.
 *
 * @param id its id
 * @param topic its topic
 * @param startsByItself whether its container starts with the application
 * @param workers its worker threads
 */
record TriggerListener(String id, String topic, boolean startsByItself, WorkerThreads workers) {

    void close() {
        workers.close();
    }
}
