package io.triggerquery.consumer.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.spi.Decoded;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Records with several ids or none, and decoders that fail. */
class SeveralIdsTest {

    static final class Orders {
        @TriggerQueryListener(topics = "orders", source = PlainSource.class, idFrom = "json:/ids")
        void project(Thing thing) {}
    }

    static final class OwnDecoder {
        @TriggerQueryListener(topics = "orders", source = PlainSource.class, decoder = "orders")
        void project(Thing thing) {}
    }

    private static ProducerRecord<byte[], byte[]> message(String value) {
        return new ProducerRecord<>("orders", value.getBytes(StandardCharsets.UTF_8));
    }

    private static TriggerQueryKit kit(TriggerDecoder decoder) {
        return TriggerQueryKit.builder(new OwnDecoder())
                .decoder("orders", decoder)
                .build();
    }

    @Test
    void recordIsSettledWhenEachOfItsIdsIs() {
        TriggerQueryKit kit = TriggerQueryKit.of(new Orders());
        List.of("a", "b", "c").forEach(id -> kit.source().answers(id, Thing.of(id, 1)));
        kit.source().next(3).fails("b", 500);
        kit.send(message("{\"ids\":[\"a\",\"b\",\"c\"]}"));
        kit.run();
        assertThat(kit).hasNotSettled("a").hasNotSettled("b");
        kit.awaitSettled();
        assertThat(kit).hasSettled("a").hasSettled("b").hasSettled("c").hasQueried("b", 4);
    }

    @Test
    void invalidIdAmongValidOnesIsDeadLettered() {
        TriggerQueryKit kit = TriggerQueryKit.of(new Orders());
        kit.source().answers("a", Thing.of("a", 1));
        kit.send(message("{\"ids\":[\"a\",\"b/c\"]}"));
        kit.awaitSettled();
        assertThat(kit).hasSettled("a");
        assertThat(kit.deadRecords()).singleElement().asString().contains("1 of 2 elements are not ids");
    }

    @Test
    void ignoredRecordIsSettledImmediately() {
        TriggerQueryKit kit = TriggerQueryKit.of(new Orders());
        kit.send(message("{\"ids\":[]}"));
        kit.awaitSettled();
        assertThat(kit.deadRecords()).isEmpty();
    }

    /** Before that, the decoder may fail for every record, for example because a registry does not answer. */
    @Test
    void undecodableRecordIsDeadLetteredAfterAnotherIsDecoded() {
        TriggerQueryKit kit = kit(message -> {
            if (message.value().length > 1) {
                throw new IOException("no registry");
            }
            return Decoded.ignored();
        });
        kit.send(message("broken"));
        kit.advance(Duration.ofMinutes(20));
        assertThat(kit.deadRecords()).isEmpty();
        kit.send(message("x"));
        kit.awaitSettled();
        assertThat(kit.deadRecords())
                .extracting(DeadRecord::reason)
                .containsExactly("the decoder failed: java.io.IOException: no registry");
    }

    @Test
    void failingDecoderIsRetried() {
        var failures = new AtomicInteger(3);
        TriggerQueryKit kit = kit(message -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("no registry");
            }
            return Decoded.id("a");
        });
        kit.source().answers("a", Thing.of("a", 1));
        kit.send(message("x"));
        kit.awaitSettled();
        assertThat(kit.deadRecords()).isEmpty();
        assertThat(kit).hasQueried("a", 1);
    }
}
