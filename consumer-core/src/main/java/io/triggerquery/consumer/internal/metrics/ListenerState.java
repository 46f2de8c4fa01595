package io.triggerquery.consumer.internal.metrics;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;

/** What a registered listener shows to its gauges. */
public interface ListenerState extends WorkLeft.Source {

    /** Returns whether an operator has requested a pause. */
    boolean paused();

    /** Returns the state of the circuit breaker of its source, by its name in Resilience4j. */
    String circuit();

    /** Returns the partitions of this process whose offsets the broker tells; none while it does not answer. */
    CompletionStage<List<PartitionOffsets>> partitions();

    /**
     * The offsets of a partition.
     *
     * @param retry whether it is a partition of the retry topic
     * @param watermark the first offset that is not settled
     * @param lag the number of offsets from there to the end
     */
    record PartitionOffsets(TopicPartition partition, boolean retry, long watermark, long lag) {}
}
