package io.triggerquery.documentation.example.migration;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;

class BillingConsumer {

    private final BillingSource billing;
    private final BillingTable table;

    BillingConsumer(BillingSource billing, BillingTable table) {
        this.billing = billing;
        this.table = table;
    }

    ParallelStreamProcessor<String, String> start(Consumer<String, String> consumer) {
        var options = ParallelConsumerOptions.<String, String>builder()
                .consumer(consumer)
                .ordering(ProcessingOrder.KEY)
                .maxConcurrency(100)
                .retryDelayProvider(failed -> Duration.ofSeconds(1))
                .build();
        ParallelStreamProcessor<String, String> processor = ParallelStreamProcessor.createEosStreamProcessor(options);
        processor.subscribe(List.of("billing.billing-changed"));
        processor.poll(record -> table.store(billing.byId(record.value())));
        return processor;
    }
}
