package io.triggerquery.documentation.example.ids;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.test.DeadRecord;
import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.documentation.example.ids.BillingListeners.AnyPlace;
import io.triggerquery.documentation.example.ids.BillingListeners.FromJson;
import io.triggerquery.documentation.example.ids.BillingListeners.FromLines;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The places of docs/ids-from-any-topic.md, and what the page says of records that cannot be decoded. */
class IdsFromAnyTopicTest {

    private static final String TOPIC = "billing.billing-changed";
    private static final String SETTINGS = "triggerquery.listeners." + TOPIC + ".";

    private static ProducerRecord<byte[], byte[]> message(@Nullable String key, @Nullable String value) {
        return new ProducerRecord<>(
                TOPIC, key == null ? null : key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    }

    private static TriggerQueryKit kit(String... settings) {
        TriggerQueryKit kit = TriggerQueryKit.of(new AnyPlace(), settings);
        kit.source().answers("p-1", new Billing("p-1", true, 3));
        kit.source().answers("p-2", new Billing("p-2", true, 3));
        return kit;
    }

    @Test
    void findsIdInJson() {
        TriggerQueryKit kit = TriggerQueryKit.of(new FromJson());
        kit.source().answers("p-1", new Billing("p-1", true, 3));

        kit.send(new ProducerRecord<>(
                "billing.billing-changed", "{\"payment\": {\"id\": \"p-1\", \"version\": 3}}".getBytes(UTF_8)));
        kit.awaitSettled();

        assertThat(kit).hasSettled("p-1").hasQueried("p-1", 1);
    }

    @Test
    void decodesLines() {
        TriggerQueryKit kit = TriggerQueryKit.builder(new FromLines())
                .decoder("billingLines", new BillingLines().billingLines())
                .build();
        kit.source().answers("p-1", new Billing("p-1", true, 3));
        kit.source().answers("p-2", new Billing("p-2", true, 1));

        kit.send(message(null, "BILLED;p-1;3"));
        kit.send(message(null, "MERGED;p-1;p-2"));
        kit.send(message(null, "PRINTED;p-9"));
        kit.send(message("p-9", null));
        kit.send(message(null, "UNKNOWN"));
        kit.send(message(null, "BILLED;p-8;many"));
        kit.advance(Duration.ofMinutes(2));
        assertThat(kit.deadRecords()).as("no other was decoded since").hasSize(1);
        kit.send(message(null, "PRINTED;p-9"));
        kit.awaitSettled();

        assertThat(kit).hasSettled("p-1").hasSettled("p-2").hasQueried("p-9", 0);
        assertThat(kit.deadRecords())
                .extracting(DeadRecord::reason)
                .containsExactly(
                        "the first field is no known type",
                        "the decoder failed: java.lang.NumberFormatException: For input string: \"many\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "value                        | -            | -   | p-1",
                "key                          | -            | p-1 | {}",
                "header:payment               | -            | -   | {}",
                "json:/payment/id             | json:/v      | -   | {\"v\":3,\"payment\":{\"id\":\"p-1\"}}",
                "json:/payments               | -            | -   | {\"payments\":[\"p-1\",\"p-2\"]}",
                "cloudevent                   | cloudevent:sequence | - | {}",
                "cloudevent:/payment          | cloudevent:/version | - | {\"payment\":\"p-1\",\"version\":3}",
                "debezium                     | debezium:version | {\"id\":\"p-1\"} | {\"before\":null,\"after\":{\"version\":3}}",
            })
    void anyPlace(String idFrom, String versionFrom, String key, String value) {
        TriggerQueryKit kit = kit(
                SETTINGS + "id-from=" + idFrom,
                versionFrom.equals("-") ? "x=y" : SETTINGS + "version-from=" + versionFrom);
        ProducerRecord<byte[], byte[]> message = message(key.equals("-") ? null : key, value);
        message.headers().add("payment", "p-1".getBytes(UTF_8));
        message.headers().add("ce_specversion", "1.0".getBytes(UTF_8));
        message.headers().add("ce_subject", "p-1".getBytes(UTF_8));
        message.headers().add("ce_sequence", "3".getBytes(UTF_8));
        kit.send(message);
        kit.awaitSettled();

        assertThat(kit.deadRecords()).isEmpty();
        assertThat(kit).hasSettled("p-1").hasQueried("p-1", 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "value | - | {\"id\":\"p-1\"} | this is JSON, not an id: name the place of the id, as in idFrom = \"json:/id\"",
                "value | - | p/1 | the id is invalid: an id has 1 to 256 characters out of letters, digits and - . _ ~ : @ =; character 1 is '/'",
                "json:/payment/id | - | {} | there is nothing at /payment/id of the value",
                "json:/payment | - | {\"payment\":{}} | /payment of the value is an object, but an id is a string or an integer",
                "json:/payments | - | {\"payments\":[\"p-1\",null]} | 1 of 2 elements are not ids; the first:"
                        + " element 1 of the array is null",
                "header:other | - | {} | there is no header other",
                "cloudevent | - | {} | the record is not a CloudEvent: it has neither a header ce_specversion"
                        + " nor a content-type of application/cloudevents+json",
                "debezium | {\"a\":1,\"b\":2} | {} | the key of the change event has the fields a, b; name one of them: debezium:FIELD",
            })
    void reasons(String idFrom, String key, String value, String reason) {
        TriggerQueryKit kit = kit(SETTINGS + "id-from=" + idFrom);
        kit.send(message(key.equals("-") ? null : key, value));
        kit.awaitSettled();

        assertThat(kit.deadRecords()).extracting(DeadRecord::reason).containsExactly(reason);
    }

    @Test
    void unicode() {
        TriggerQueryKit kit = TriggerQueryKit.of(new AnyPlace(), SETTINGS + "unicode-ids=true");
        kit.source().answers("münchen/1", new Billing("münchen/1", true, 3));
        kit.send(message(null, "münchen/1"));
        kit.awaitSettled();
        assertThat(kit).hasSettled("münchen/1");
    }

    @Test
    void numbers() {
        TriggerQueryKit kit = TriggerQueryKit.of(new InvoiceListener());
        kit.source().answers("7", new Invoice(7, "seven"));
        kit.send(message("7", null));
        kit.send(message("07", null));
        kit.awaitSettled();

        assertThat(kit).hasSettled("7");
        assertThat(kit.deadRecords())
                .extracting(DeadRecord::reason)
                .containsExactly("the id is invalid: the source takes a number of type long, and the id is not the text"
                        + " of one; a String parameter takes every id");
    }
}
