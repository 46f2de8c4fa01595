package io.triggerquery.consumer.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.spi.Decoded;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Records are decoded by the listener's decoder. */
class KitRecordsTest {

    static final class FromJson {
        final List<Thing> projected = new ArrayList<>();

        @TriggerQueryListener(
                topics = "orders",
                source = PlainSource.class,
                idFrom = "json:/order/id",
                versionFrom = "json:/order/version",
                unicodeIds = true)
        void project(Thing thing) {
            projected.add(thing);
        }
    }

    static final class FromHeader {
        @TriggerQueryListener(topics = "orders", source = PlainSource.class, idFrom = "header:order")
        void project(Thing thing) {}
    }

    static final class OwnDecoder {
        @TriggerQueryListener(topics = "orders", source = PlainSource.class, decoder = "orders")
        void project(Thing thing) {}
    }

    private static ProducerRecord<byte[], byte[]> message(String value) {
        return new ProducerRecord<>("orders", value.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void idAndVersionAreDecoded() {
        var listener = new FromJson();
        TriggerQueryKit kit = TriggerQueryKit.of(listener);
        kit.source().answers("o/1", Thing.of("o/1", 3));

        kit.send(message("{\"order\":{\"id\":\"o/1\",\"version\":3}}"));
        assertThat(kit).hasNotSettled("o/1");
        kit.awaitSettled();

        assertThat(kit).hasSettled("o/1").hasQueried("o/1", 1);
        assertThat(listener.projected).containsExactly(Thing.of("o/1", 3));
    }

    @Test
    void invalidRecordIsDeadLetteredWithReason() {
        TriggerQueryKit kit = TriggerQueryKit.of(new FromJson());
        kit.send(message("{\"order\":null}"));
        kit.awaitSettled();

        assertThat(kit.deadRecords())
                .singleElement()
                .extracting(DeadRecord::reason)
                .isEqualTo("there is nothing at /order/id of the value");
        assertThat(kit.deadLetters()).isEmpty();
    }

    @Test
    void headersAreDecoded() {
        TriggerQueryKit kit = TriggerQueryKit.of(new FromHeader());
        kit.source().answers("o-1", Thing.of("o-1", 1));
        var message = message("payload");
        message.headers().add("order", "o-1".getBytes(StandardCharsets.UTF_8));
        kit.send(message);
        kit.awaitSettled();
        assertThat(kit).hasSettled("o-1");
    }

    @Test
    void failingIdOfRecordIsDeferredAndSettled() {
        TriggerQueryKit kit = TriggerQueryKit.of(new FromJson(), "triggerquery.defaults.defer-after=1s");
        kit.source().answers("o-1", Thing.of("o-1", 1));
        kit.source().next(8).fails("o-1", 500);
        kit.send(message("{\"order\":{\"id\":\"o-1\"}}"));
        kit.awaitSettled();
        assertThat(kit).hasDeferred("o-1").hasSettled("o-1");
    }

    @Test
    void unsupportedApplicationDecoderIsNamed() {
        TriggerDecoder decoder = message -> Decoded.id("o-" + message.value().length);
        TriggerQueryKit kit = TriggerQueryKit.builder(new OwnDecoder())
                .decoder("orders", decoder)
                .build();
        kit.source().answers("o-3", Thing.of("o-3", 1));
        kit.send(message("abc"));
        kit.awaitSettled();
        assertThat(kit).hasSettled("o-3");
    }
}
