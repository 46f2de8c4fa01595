package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.decoding.RecordDecoder;
import io.triggerquery.consumer.internal.letter.LetterOperations;
import java.time.InstantSource;

/**
 * The components that handle a listener's retry topic and dead-letter topic.
 *
 * @param failureSinks sends the engine's deferred and dead-lettered triggers
 * @param reader turns records into work
 * @param replay replays all dead letters
 * @param letters lists, replays and discards single dead letters
 * @param drain moves triggers from other retry topics
 */
record FailureTopics(
        KafkaFailureSinks failureSinks,
        RecordReader reader,
        DeadLetterReplay replay,
        LetterOperations letters,
        RetryDrain drain) {

    static FailureTopics of(
            ManagedTopic.Retry retryTopic, String group, Cluster cluster, RecordDecoder decoder, InstantSource clock) {
        SynchronousProducer producer = cluster.producer();
        var deadLetters = new DeadLetters(retryTopic, group, producer);
        var failureSinks = new KafkaFailureSinks(retryTopic, producer, deadLetters, clock);
        var headers = new TriggerReader(retryTopic, clock);
        var reader = new RecordReader(decoder, headers, deadLetters::send);
        var triggers = new RecordTriggers(decoder, headers);
        var letterTopics = LetterTopics.of(retryTopic, group, cluster);
        var scan = new LetterScan(letterTopics, new HandledLettersTopic(letterTopics, producer), triggers);
        var replay = new DeadLetterReplay(scan, failureSinks::sendUntried);
        var deferred = new DeferredTriggers(retryTopic.name(), group, cluster, triggers);
        var letters = new KafkaLetters(scan, failureSinks::sendUntried, deferred);
        var drain = new RetryDrain(retryTopic, group, cluster, triggers, failureSinks);
        return new FailureTopics(failureSinks, reader, replay, letters, drain);
    }
}
