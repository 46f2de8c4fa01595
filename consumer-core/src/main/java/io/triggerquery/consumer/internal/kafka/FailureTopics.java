package io.triggerquery.consumer.internal.kafka;

import java.time.InstantSource;

/**
 * The components that handle a listener's retry topic and dead-letter topic.
 *
 * @param deadLetters sends dead letters
 * @param failureSinks sends the engine's deferred and dead-lettered triggers
 * @param reader reads triggers from records
 * @param replay replays dead letters
 * @param drain moves triggers from other retry topics
 */
record FailureTopics(
        DeadLetters deadLetters,
        KafkaFailureSinks failureSinks,
        TriggerReader reader,
        DeadLetterReplay replay,
        RetryDrain drain) {

    static FailureTopics of(ManagedTopic.Retry retryTopic, String group, Cluster cluster, InstantSource clock) {
        SynchronousProducer producer = cluster.producer();
        var deadLetters = new DeadLetters(retryTopic, group, producer);
        var failureSinks = new KafkaFailureSinks(retryTopic, producer, deadLetters, clock);
        var reader = new TriggerReader(retryTopic, clock);
        var replay = new DeadLetterReplay(retryTopic, group, cluster, reader, failureSinks);
        var drain = new RetryDrain(retryTopic, group, cluster, reader, failureSinks);
        return new FailureTopics(deadLetters, failureSinks, reader, replay, drain);
    }
}
