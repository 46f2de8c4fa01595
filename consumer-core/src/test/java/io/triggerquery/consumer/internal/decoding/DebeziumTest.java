package io.triggerquery.consumer.internal.decoding;

import static io.triggerquery.consumer.internal.decoding.Messages.message;
import static io.triggerquery.consumer.internal.decoding.Messages.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.spi.Decoded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Debezium's change events as Kafka Connect's JSON converter writes them. */
class DebeziumTest {

    private static final String SCHEMA =
            "{\"type\":\"struct\",\"fields\":[{\"type\":\"int32\",\"optional\":false,\"field\":\"id\"}],\"optional\":false,"
                    + "\"name\":\"db.public.orders.Key\"}";
    private static final String UPDATE =
            "{\"before\":{\"id\":1,\"version\":6},\"after\":{\"id\":1,\"version\":7},\"op\":\"u\",\"ts_ms\":1}";
    private static final String DELETE = "{\"before\":{\"id\":1,\"version\":7},\"after\":null,\"op\":\"d\"}";

    private static Messages event(String key) {
        return value(UPDATE).key(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1}",
                "{\"id\":\"1\"}",
                "{\"schema\":SCHEMA,\"payload\":{\"id\":1}}",
                "{\"payload\":{\"id\":1},\"schema\":SCHEMA}",
                "{\"schema\":null,\"payload\":{\"id\":1}}",
                "{\"payload\":{\"id\":1}}",
            })
    void idIsTheOnlyKeyFieldWithOrWithoutSchema(String key) {
        String full = key.replace("SCHEMA", SCHEMA);
        assertThat(event(full).decoded("debezium")).isEqualTo(Decoded.id("1"));
        assertThat(event(full).decoded("debezium:id")).isEqualTo(Decoded.id("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1\"", "{\"schema\":{\"type\":\"int32\"},\"payload\":1}"})
    void keyMayBeExtractedByTransformation(String key) {
        assertThat(event(key).decoded("debezium")).isEqualTo(Decoded.id("1"));
    }

    @Test
    void columnsMayHaveNamesOfEnvelopeFields() {
        assertThat(event("{\"payload\":\"p\",\"schema\":\"s\"}").decoded("debezium:schema"))
                .isEqualTo(Decoded.id("s"));
        assertThat(event("{\"payload\":\"p\"}").decoded("debezium")).isEqualTo(Decoded.id("p"));
        assertThat(event("{\"schema\":" + SCHEMA + ",\"payload\":{\"payload\":5}}")
                        .decoded("debezium"))
                .isEqualTo(Decoded.id("5"));
    }

    @Test
    void tombstoneIsIgnored() {
        assertThat(message().key("{\"id\":1}").decoded("debezium")).isEqualTo(Decoded.ignored());
        assertThat(value(DELETE).key("{\"id\":1}").decoded("debezium", "debezium:version"))
                .isEqualTo(Decoded.id("1", 7));
    }

    @Test
    void fieldOfCompositeKeyMustBeNamed() {
        assertThat(event("{\"tenant\":\"t\",\"id\":1}").reason("debezium"))
                .isEqualTo("the key of the change event has the fields tenant, id; name one of them: debezium:FIELD");
        assertThat(event("{\"tenant\":\"t\",\"id\":1}").decoded("debezium:id")).isEqualTo(Decoded.id("1"));
        assertThat(event("{\"tenant\":\"t\",\"id\":1}").reason("debezium:name")).contains("the fields tenant, id;");
    }

    /** Debezium adds such a field if it sends several tables to one topic. */
    @Test
    void debeziumFieldsAreIgnored() {
        assertThat(event("{\"id\":1,\"__dbz__physicalTableIdentifier\":\"db.orders_1\"}")
                        .decoded("debezium"))
                .isEqualTo(Decoded.id("1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|the fields ;",
                "{\"schema\":{},\"payload\":{}}|the payload of the change event's key is empty",
                "{\"id\":null}|the field id of the key is null",
                "{\"id\":1.5}|the field id of the key is a number with a fraction",
                "{\"id\":{\"scale\":0,\"value\":\"AQ==\"}}|the field id of the key is an object",
                "null|the field value of the key is null",
                "[1]|the field value of the key is an array",
                "Struct{id=1}|the key of the change event is not valid JSON",
                "{\"id\":|the key of the change event is not valid JSON",
                "|the key of the change event is empty: the table has no primary key",
            })
    void keyWithoutIdIsNamed(String key, String reason) {
        assertThat(event(key == null ? "" : key).reason("debezium")).contains(reason);
    }

    @Test
    void eventWithoutKeyIsNamed() {
        assertThat(value(UPDATE).reason("debezium"))
                .isEqualTo("the key of the change event is empty: the table has no primary key, or this is no change of"
                        + " a row. Set message.key.columns of the connector");
    }

    /** With decimal.handling.mode=precise, a NUMERIC key is Base64, which would be a valid and wrong id. */
    @Test
    void base64DecimalIsInvalidId() {
        String key = "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"bytes\",\"optional\":false,"
                + "\"name\":\"org.apache.kafka.connect.data.Decimal\",\"version\":1,\"parameters\":{\"scale\":\"0\"},"
                + "\"field\":\"id\"}]},\"payload\":{\"id\":\"AQ==\"}}";
        assertThat(event(key).reason("debezium"))
                .isEqualTo("the field id of the key is a decimal number in Base64; set decimal.handling.mode of the"
                        + " connector to string");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                UPDATE,
                "{\"after\":{\"version\":7},\"before\":{\"version\":6}}",
                "{\"before\":null,\"after\":{\"version\":\"7\"}}",
                "{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":" + UPDATE + "}",
                "{\"payload\":" + DELETE + ",\"schema\":{}}",
                "{\"id\":1,\"version\":7}",
                "{\"before\":[{\"version\":1}],\"after\":{\"x\":{\"version\":2},\"version\":7}}",
            })
    void versionIsAFieldOfAfterOrBefore(String value) {
        assertThat(value(value).key("{\"id\":1}").decoded("debezium", "debezium:version"))
                .isEqualTo(Decoded.id("1", 7));
    }

    @Test
    void eventWithoutVersionFieldHasNoVersion() {
        assertThat(value("{\"after\":{}}").key("{\"id\":1}").decoded("debezium", "debezium:version"))
                .isEqualTo(Decoded.id("1"));
        assertThat(value("7").key("{\"id\":1}").decoded("debezium", "debezium:version"))
                .isEqualTo(Decoded.id("1"));
        assertThat(value("broken").key("{\"id\":1}").decoded("debezium", "debezium:version"))
                .isEqualTo(Decoded.id("1"));
    }
}
