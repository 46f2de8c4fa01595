package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** What a listener of the reading and of its jumps is told, as text. */
final class RecordedReading implements ReadingListener, ReadPositions.Jumps {

    final List<String> told = new ArrayList<>();

    @Override
    public void failed(Duration rest, String cause) {
        told.add("failed, rest " + rest.toMillis() + ": " + cause);
    }

    @Override
    public void recovered() {
        told.add("recovered");
    }

    @Override
    public void lost(Loss loss) {
        told.add("lost " + loss.kind() + " " + loss.partition() + " " + loss.from() + "-" + loss.to());
    }

    @Override
    public void begun(TopicPartition partition, long offset, long skipped) {
        told.add("begun " + partition + " at " + offset + " skipped " + skipped);
    }

    @Override
    public void forward(TopicPartition partition, long from, long to) {
        told.add("forward " + partition + " " + from + "-" + to);
    }

    @Override
    public void back(TopicPartition partition, long from, long to) {
        told.add("back " + partition + " " + from + "-" + to);
    }
}
