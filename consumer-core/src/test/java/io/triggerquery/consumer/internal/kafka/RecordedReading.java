package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Records the events of reading and of its jumps, as text. */
final class RecordedReading implements ReadingListener, ReadPositions.Jumps {

    final List<String> events = new ArrayList<>();

    @Override
    public void failed(Duration rest, String cause) {
        events.add("failed, rest " + rest.toMillis() + ": " + cause);
    }

    @Override
    public void recovered() {
        events.add("recovered");
    }

    @Override
    public void lost(Loss loss) {
        events.add("lost " + loss.kind() + " " + loss.partition() + " " + loss.from() + "-" + loss.to());
    }

    @Override
    public void begun(TopicPartition partition, long offset, long skipped) {
        events.add("begun " + partition + " at " + offset + " skipped " + skipped);
    }

    @Override
    public void forward(TopicPartition partition, long from, long to) {
        events.add("forward " + partition + " " + from + "-" + to);
    }

    @Override
    public void back(TopicPartition partition, long from, long to) {
        events.add("back " + partition + " " + from + "-" + to);
    }
}
