package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.letter.DeferredPage;
import io.triggerquery.consumer.internal.letter.DeferredTrigger;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.letter.Offsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Lists the triggers in the retry topic from the offsets that the listener's group has committed. An id occurs twice if
 * it has been deferred again, until the offsets pass the first.
 *
 * <p>Threads: any. Bounds: see {@link TopicScan}.
 *
 * @param topic the retry topic
 * @param group the listener's group
 * @param triggers reads the triggers
 */
record DeferredTriggers(String topic, String group, Cluster cluster, RecordTriggers triggers) {

    DeferredPage list(LetterRequest request, int limit, Duration timeLimit) {
        Map<TopicPartition, Long> cursor = request.cursor() == null
                ? Map.of()
                : Offsets.parse(request.cursor(), List.of(topic)).first();
        List<DeferredTrigger> page = new ArrayList<>();
        // with assigned partitions the consumer does not join the group, and it never commits
        try (Consumer<byte[], byte[]> consumer = cluster.consumer(group)) {
            var scan = new TopicScan(consumer, partitions(), System::nanoTime, timeLimit).from(cursor);
            while (scan.hasNext()) {
                addTo(page, limit, request, scan);
            }
            return new DeferredPage(page, scan.scanned(0, 0));
        }
    }

    private List<TopicPartition> partitions() {
        LetterTopics.Description existing = cluster.describe(List.of(topic)).get(topic);
        return existing == null ? List.of() : existing.partitionsOf(topic).toList();
    }

    private void addTo(List<DeferredTrigger> page, int limit, LetterRequest request, TopicScan scan) {
        List<ConsumerRecord<byte[], byte[]>> polled = scan.poll();
        for (int i = 0; i < polled.size(); i++) {
            List<DeferredTrigger> found = read(polled.get(i), request);
            if (page.size() + found.size() > limit) {
                scan.stopBefore(polled.subList(i, polled.size()));
                return;
            }
            page.addAll(found);
        }
    }

    private List<DeferredTrigger> read(ConsumerRecord<byte[], byte[]> message, LetterRequest request) {
        return triggers.ofRetryTopic(message).stream()
                .map(trigger -> deferred(message, trigger))
                .filter(found -> request.id() == null || LetterFilter.isId(request.id(), found.id()))
                .filter(found -> request.reason() == null
                        || found.cause() != null && found.cause().contains(request.reason()))
                .toList();
    }

    private static DeferredTrigger deferred(ConsumerRecord<byte[], byte[]> message, Trigger trigger) {
        long failingSince = TriggerHeaders.read(message.headers(), TriggerHeaders.FAILING_SINCE)
                .orElse(message.timestamp());
        return new DeferredTrigger(
                trigger.id(),
                trigger.version().isPresent() ? trigger.version().getAsLong() : null,
                trigger.topic(),
                TriggerHeaders.read(message.headers(), TriggerHeaders.FAILURES).orElse(0),
                Instant.ofEpochMilli(failingSince),
                Instant.ofEpochMilli(message.timestamp()),
                null,
                TriggerHeaders.cause(message.headers()),
                TopicScan.partition(message) + "@" + message.offset());
    }
}
