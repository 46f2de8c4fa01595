package io.triggerquery.consumer.internal.decoding;

import static io.triggerquery.consumer.internal.decoding.Messages.message;
import static io.triggerquery.consumer.internal.decoding.Messages.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.internal.id.IdRule;
import io.triggerquery.consumer.spi.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CloudEvents, also those of libraries that do not follow the Kafka protocol binding exactly. */
class CloudEventsTest {

    private static final String STRUCTURED = """
            {"specversion": "1.0", "type": "order.changed", "source": "/orders", "id": "e-1", "subject": "o-1",
             "sequence": "00000000000000000012", "seqno": 12, "time": "2026-11-30T00:00:00Z",
             "datacontenttype": "application/json",
             "data": {"order": {"id": 7, "version": 3}, "ids": ["a", "b"]}}""";

    private static Messages binary() {
        return message()
                .header("ce_specversion", "1.0")
                .header("ce_type", "order.changed")
                .header("ce_source", "/orders")
                .header("ce_id", "e-1");
    }

    private static Messages structured(String json) {
        return value(json).header("content-type", "application/cloudevents+json; charset=UTF-8");
    }

    @Test
    void subjectOfBinaryEventIsAHeader() {
        assertThat(binary().header("ce_subject", "o-1").decoded("cloudevent")).isEqualTo(Decoded.id("o-1"));
        assertThat(binary().header("ce_subject", "o-1")
                        .header("ce_seqno", "12")
                        .decoded("cloudevent", "cloudevent:seqno"))
                .isEqualTo(Decoded.id("o-1", 12));
        assertThat(binary().decoded("cloudevent:id")).isEqualTo(Decoded.id("e-1"));
    }

    /** The binding maps attributes to UTF-8, where that of HTTP percent-encodes them. */
    @Test
    void headerIsUtf8AndNotPercentEncoded() {
        var unicode = new IdRule(true, Set.of());
        assertThat(binary().header("ce_subject", "ü%20/").decoded("cloudevent", "", unicode))
                .isEqualTo(Decoded.id("ü%20/"));
    }

    /** spring-cloud-function issues 680, 856 and 1461, sdk-java issue 359: events with the prefix of HTTP. */
    @Test
    void httpPrefixIsAccepted() {
        assertThat(message()
                        .header("ce-specversion", "1.0")
                        .header("ce-subject", "o-1")
                        .decoded("cloudevent"))
                .isEqualTo(Decoded.id("o-1"));
    }

    @Test
    void binaryEventWithoutSubjectIsInvalid() {
        assertThat(binary().reason("cloudevent")).isEqualTo("the CloudEvent has no subject");
        assertThat(binary().header("ce_subject", "").reason("cloudevent")).isEqualTo("the header ce_subject is empty");
    }

    @Test
    void dataOfBinaryEventIsTheValue() {
        assertThat(binary().withValue("{\"order\":{\"id\":7,\"version\":3}}".getBytes(StandardCharsets.UTF_8))
                        .decoded("cloudevent:/order/id", "cloudevent:/order/version"))
                .isEqualTo(Decoded.id("7", 3));
        assertThat(binary().reason("cloudevent:/order/id")).isEqualTo("the value is empty, not JSON");
    }

    @Test
    void deletionIsABinaryEventWithoutData() {
        assertThat(binary().header("ce_subject", "o-1").decoded("cloudevent")).isEqualTo(Decoded.id("o-1"));
    }

    @Test
    void structuredEventIsOneDocument() {
        assertThat(structured(STRUCTURED).decoded("cloudevent")).isEqualTo(Decoded.id("o-1"));
        assertThat(structured(STRUCTURED).decoded("cloudevent", "cloudevent:seqno"))
                .isEqualTo(Decoded.id("o-1", 12));
        assertThat(structured(STRUCTURED).decoded("cloudevent", "cloudevent:sequence"))
                .isEqualTo(Decoded.id("o-1", 12));
        assertThat(structured(STRUCTURED).decoded("cloudevent:/order/id", "cloudevent:/order/version"))
                .isEqualTo(Decoded.id("7", 3));
        assertThat(structured(STRUCTURED).decoded("cloudevent:/ids"))
                .isEqualTo(new Decoded.Ids(List.of(id("a"), id("b")), List.of()));
    }

    private static Decoded.Id id(String id) {
        return new Decoded.Id(id, OptionalLong.empty());
    }

    @Test
    void structuredEventWithoutSubjectIsInvalid() {
        String without = "{\"specversion\":\"1.0\",\"id\":\"e\",\"data\":{\"subject\":\"no\"}}";
        assertThat(structured(without).reason("cloudevent")).isEqualTo("the CloudEvent has no subject");
        assertThat(structured("{\"subject\":null}").reason("cloudevent")).isEqualTo("the CloudEvent has no subject");
        assertThat(structured("{\"subject\":{}}").reason("cloudevent"))
                .isEqualTo("the subject of the CloudEvent is an object");
        assertThat(structured(without).reason("cloudevent:/id"))
                .isEqualTo("there is nothing at /id of the CloudEvent's data");
        assertThat(structured("{").reason("cloudevent")).startsWith("the value is not valid JSON");
        assertThat(message()
                        .header("content-type", "application/cloudevents+json")
                        .reason("cloudevent"))
                .isEqualTo("the value is empty, not JSON");
    }

    /** A sender that does not know its data to be JSON writes Base64. */
    @Test
    void base64DataIsDecoded() {
        String data = Base64.getEncoder().encodeToString("{\"id\":\"o-2\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(structured("{\"data_base64\":\"" + data + "\"}").decoded("cloudevent:/id"))
                .isEqualTo(Decoded.id("o-2"));
        assertThat(structured("{\"data_base64\":\"?\"}").reason("cloudevent:/id"))
                .isEqualTo("the data_base64 of the CloudEvent is not Base64");
        assertThat(structured("{\"data_base64\":null}").reason("cloudevent:/id"))
                .isEqualTo("there is nothing at /id of the CloudEvent's data");
    }

    /** JSON in a string is data of type string (cloudevents/spec issue 558). */
    @Test
    void jsonInStringIsNotParsed() {
        assertThat(structured("{\"data\":\"{\\\"id\\\":1}\"}").reason("cloudevent:/id"))
                .isEqualTo("there is nothing at /id of the CloudEvent's data");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents+json",
                "Application/CloudEvents+JSON;charset=utf-8",
                "\"application/cloudevents+json\"",
                "application/cloudevents"
            })
    void contentTypeIsAMediaType(String contentType) {
        assertThat(value(STRUCTURED).header("content-type", contentType).decoded("cloudevent"))
                .isEqualTo(Decoded.id("o-1"));
        assertThat(value(STRUCTURED).header("Content-Type", contentType).decoded("cloudevent"))
                .isEqualTo(Decoded.id("o-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-batch+json", "+avro", "+protobuf"})
    void unsupportedFormatsAreNamed(String format) {
        assertThat(value("[]")
                        .header("content-type", "application/cloudevents" + format)
                        .reason("cloudevent"))
                .isEqualTo("the content type is application/cloudevents" + format
                        + ", but only CloudEvents in JSON, one in a record, can be read");
    }

    /**
     * The binding does not define records without a content type (cloudevents/spec issue 812, sdk-java issue 370);
     * spring-cloud-function wrote ce_datacontenttype instead (issue 1401).
     */
    @Test
    void modeIsDetectedWithoutContentType() {
        assertThat(value(STRUCTURED).decoded("cloudevent")).isEqualTo(Decoded.id("o-1"));
        assertThat(binary().header("ce_datacontenttype", "application/json")
                        .withValue("{\"id\":\"o-3\",\"specversion\":\"no\"}".getBytes(StandardCharsets.UTF_8))
                        .decoded("cloudevent:/id"))
                .isEqualTo(Decoded.id("o-3"));
    }

    /** A gateway may pass the headers of its own event with a structured one; the content type decides. */
    @Test
    void contentTypeTakesPrecedenceOverHeaders() {
        assertThat(structured(STRUCTURED)
                        .header("ce_specversion", "1.0")
                        .header("ce_subject", "other")
                        .decoded("cloudevent"))
                .isEqualTo(Decoded.id("o-1"));
    }

    @Test
    void recordThatIsNoCloudEventIsNamed() {
        assertThat(value("{\"subject\":\"a\"}").reason("cloudevent"))
                .isEqualTo("the record is not a CloudEvent: it has neither a header ce_specversion nor a"
                        + " content-type of"
                        + " application/cloudevents+json");
        assertThat(message().reason("cloudevent")).startsWith("the record is not a CloudEvent");
        assertThat(value("plain").reason("cloudevent")).startsWith("the value is not valid JSON");
    }
}
