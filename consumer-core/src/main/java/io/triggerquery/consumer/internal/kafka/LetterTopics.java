package io.triggerquery.consumer.internal.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The dead-letter topics of a listener, and how they are read.
 *
 * @param names the names of the topics
 * @param group the listener's group
 * @param consumers creates a consumer for a group
 * @param descriptions describes those of some topics that exist
 * @param nanoTime a monotonic clock
 */
record LetterTopics(
        List<String> names,
        String group,
        Function<String, Consumer<byte[], byte[]>> consumers,
        Function<Collection<String>, Map<String, Description>> descriptions,
        LongSupplier nanoTime) {

    /**
     * A topic that exists.
     *
     * @param id the id that a topic of the same name, created later, does not have
     * @param partitions the number of its partitions
     */
    record Description(Uuid id, int partitions) {

        Stream<TopicPartition> partitionsOf(String topic) {
            return IntStream.range(0, partitions).mapToObj(number -> new TopicPartition(topic, number));
        }
    }

    static LetterTopics of(ManagedTopic.Retry listenerTopics, String group, Cluster cluster) {
        return new LetterTopics(
                listenerTopics.triggerTopics().stream()
                        .map(topic -> ManagedTopic.DeadLetter.of(topic).name())
                        .toList(),
                group,
                cluster::consumer,
                cluster::describe,
                System::nanoTime);
    }

    /** Returns a consumer of the group whose committed offsets say up to where all letters were replayed. */
    Consumer<byte[], byte[]> consumer() {
        return consumers.apply(group + "-dlt-replay");
    }

    /** Returns the existing partitions, each with the id of its topic. */
    Map<TopicPartition, Uuid> partitions() {
        Map<TopicPartition, Uuid> partitions = new HashMap<>();
        descriptions
                .apply(names)
                .forEach((topic, description) -> description
                        .partitionsOf(topic)
                        .forEach(partition -> partitions.put(partition, description.id())));
        return partitions;
    }
}
