package io.triggerquery.consumer.kafka;

import java.time.InstantSource;

/**
 * What deals with a listener's retry topic and dead-letter topic.
 *
 * @param deadLetters makes dead letters
 * @param outlets takes what the engine puts aside
 * @param reader reads what comes back
 * @param replay brings dead letters back
 * @param drain brings back what other retry topics hold
 */
record SideTopics(
        DeadLetters deadLetters,
        KafkaOutlets outlets,
        TriggerReader reader,
        DeadLetterReplay replay,
        RetryDrain drain) {

    static SideTopics of(OwnTopic.Retry retryTopic, String group, Cluster cluster, InstantSource clock) {
        var deadLetterTopic = OwnTopic.DeadLetter.of(retryTopic.triggerTopic());
        CertainProducer producer = cluster.producer();
        var deadLetters = new DeadLetters(deadLetterTopic, group, producer);
        var outlets = new KafkaOutlets(retryTopic, producer, deadLetters, clock);
        var reader = new TriggerReader(retryTopic, clock);
        var replay = new DeadLetterReplay(deadLetterTopic, group, cluster, reader, outlets);
        var drain = new RetryDrain(retryTopic, group, cluster, reader, outlets);
        return new SideTopics(deadLetters, outlets, reader, replay, drain);
    }
}
