package io.triggerquery.bench.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Uses a share group's consumer with a pool: the pool processes each poll, then each record is accepted, or released if
 * it failed. The next poll sends these acknowledgments to the broker.
 *
 * <p>Renewing the lock of a failing record instead of releasing it is for slow work, and ends when the connection or
 * the partition's leader changes, so it cannot retry without end either.
 */
final class ShareConsumerPeer implements Peer {

    private static final int POOL = 64;
    private static final int MAX_POLL_RECORDS = 2_000;

    @Override
    public String guarantees() {
        return "A record that failed five deliveries is dropped without a report, and a released one is delivered"
                + " again at"
                + " once, so an outage of seconds loses triggers without showing a lag; each poll waits for its slowest"
                + " query; one id may run twice at once; triggers never coalesce.";
    }

    @Override
    public AutoCloseable start(Job job) throws Exception {
        PeerSettings settings = job.settings();
        readFromTheBeginning(settings.topic());
        int inFlight = settings.inFlight(POOL);
        var query = new HandWrittenQuery(job, inFlight);
        var pool = new Pool(inFlight);
        var consumer = new KafkaShareConsumer<>(
                consumer(settings.topic()), new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of(settings.topic().name()));
        var loop = PollLoop.start(
                timeout -> work(consumer.poll(timeout), consumer, pool, query, job.progress()),
                consumer::wakeup,
                consumer::close);
        return Closing.of(loop, pool, query);
    }

    private static void work(
            ConsumerRecords<String, String> triggers,
            KafkaShareConsumer<String, String> consumer,
            Pool pool,
            HandWrittenQuery query,
            Progress progress) {
        List<Pool.Part> parts = new ArrayList<>();
        triggers.forEach(trigger -> parts.add(Pool.single(query, trigger.value())));
        Map<String, RuntimeException> failures = pool.run(parts);
        for (ConsumerRecord<String, String> trigger : triggers) {
            boolean failed = failures.containsKey(trigger.value());
            consumer.acknowledge(trigger, failed ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT);
            progress.settled(failed ? 0 : 1);
        }
    }

    private static Map<String, Object> consumer(PeerSettings.Topic topic) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                topic.bootstrap(),
                ConsumerConfig.GROUP_ID_CONFIG,
                topic.group(),
                ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
                "explicit",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                MAX_POLL_RECORDS);
    }

    /**
     * Sets the offset reset in the group's configuration at the broker: by default a share group starts at the end.
     */
    private static void readFromTheBeginning(PeerSettings.Topic topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topic.bootstrap()))) {
            var earliest =
                    new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.GROUP, topic.group()), List.of(earliest)))
                    .all()
                    .get();
        }
    }
}
