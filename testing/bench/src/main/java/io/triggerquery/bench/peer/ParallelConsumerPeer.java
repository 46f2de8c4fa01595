package io.triggerquery.bench.peer;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Uses Confluent's parallel-consumer, which retries without end by itself.
 *
 * @param order by key, or unordered
 * @param threads its {@code maxConcurrency}
 */
record ParallelConsumerPeer(ProcessingOrder order, int threads) implements Peer {

    /** The default is 5 s; with a shorter interval less work is repeated after a kill. */
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

    @Override
    public String guarantees() {
        return "Triggers of one id never coalesce"
                + (order == ProcessingOrder.KEY
                        ? " but run in series, so a hot id is a queue of its own"
                        : ", and one id may run twice at once")
                + "; nothing is committed past a failing id, except a list of what is done above it, which is"
                + " dropped when"
                + " it exceeds the offset's metadata; failing and new records share one limit, so that many failing"
                + " ids stop all reading.";
    }

    @Override
    public AutoCloseable start(Job job) {
        PeerSettings settings = job.settings();
        int inFlight = settings.inFlight(threads);
        var query = new HandWrittenQuery(job, inFlight);
        var options = ParallelConsumerOptions.<String, String>builder()
                .consumer(new KafkaConsumer<>(SpringKafka.consumer(settings.topic())))
                .ordering(order)
                .maxConcurrency(inFlight)
                .commitMode(CommitMode.PERIODIC_CONSUMER_ASYNCHRONOUS)
                .commitInterval(COMMIT_INTERVAL)
                .retryDelayProvider(failed -> settings.limits().retryPause())
                .build();
        ParallelStreamProcessor<String, String> processor = ParallelStreamProcessor.createEosStreamProcessor(options);
        processor.subscribe(List.of(settings.topic().name()));
        processor.poll(trigger -> {
            query.refresh(trigger.value());
            job.progress().settled(1);
        });
        return Closing.of(processor, query);
    }
}
