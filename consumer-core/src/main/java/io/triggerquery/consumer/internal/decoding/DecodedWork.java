package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.spi.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Creates the work of decoded records. */
public final class DecodedWork {

    private DecodedWork() {}

    /**
     * Returns the work of a record.
     *
     * @param decoded its content, as {@link RecordDecoder} returns it
     * @param refresh creates the work of an id
     * @param deadLetter sends the record to the dead-letter topic with the given reason
     */
    public static Work of(
            ConsumerRecord<byte[], byte[]> message,
            Decoded decoded,
            Function<Decoded.Id, Work.Refresh> refresh,
            Function<String, Work.Sending> deadLetter) {
        if (decoded instanceof Decoded.Id one) {
            return refresh.apply(one);
        }
        String origin = origin(message);
        if (decoded instanceof Decoded.Ids several) {
            List<Work> parts = new ArrayList<>(several.ids().size() + 1);
            several.ids().forEach(id -> parts.add(refresh.apply(id)));
            several.invalid()
                    .forEach(reason -> parts.add(new Work.DeadLetter(origin, reason, deadLetter.apply(reason))));
            return new Work.Several(parts);
        }
        return decoded instanceof Decoded.Invalid invalid
                ? new Work.DeadLetter(origin, invalid.reason(), deadLetter.apply(invalid.reason()))
                : new Work.Ignored(origin);
    }

    /** Returns the topic, the partition and the offset of a record. */
    public static String origin(ConsumerRecord<?, ?> message) {
        return message.topic() + "-" + message.partition() + "@" + message.offset();
    }
}
