package io.triggerquery.consumer.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdDecoderTest {

    private static Decoded decode(String value) {
        return IdDecoder.decode(value.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "0", "pay-01HZX", "550e8400-e29b-41d4-a716-446655440000", "a.b_c~d:e@f=", "...", "a..b", "-"
            })
    void readsAnId(String id) {
        assertThat(decode(id)).isEqualTo(new Decoded.Id(id));
    }

    @Test
    void readsTheLongestId() {
        assertThat(decode("x".repeat(256))).isInstanceOf(Decoded.Id.class);
        assertThat(decode("x".repeat(257)))
                .hasToString("NotAnId[reason=the value has 257 bytes, but an id has at most 256; send only the id, as"
                        + " UTF-8 text]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a/b|byte 1 of the value is '/'",
                "../a|byte 2 of the value is '/'",
                "a?b|byte 1 of the value is '?'",
                "a#b|byte 1 of the value is '#'",
                "a%2e|byte 1 of the value is '%'",
                "a,b|byte 1 of the value is ','",
                "a{b}|byte 1 of the value is '{'",
                "{\"id\":1}|the value is JSON",
                "[1]|the value is JSON",
                "\"a\"|the value is JSON",
                "..|'..' is a path",
                ".|'.' is a path",
            })
    void refusesWhatCouldChangeARequest(String value, String reason) {
        assertThat(decode(value))
                .isInstanceOfSatisfying(
                        Decoded.NotAnId.class,
                        refused -> assertThat(refused.reason()).startsWith(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "a\n", "\r\na", "a\u0000", "é", "\u2028", "a\u007F"})
    void refusesBlanksControlsAndEverythingBeyondAscii(String value) {
        assertThat(decode(value))
                .isInstanceOfSatisfying(
                        Decoded.NotAnId.class,
                        refused -> assertThat(refused.reason()).contains("0x").matches("\\p{Print}+"));
    }

    @Test
    void refusesNothing() {
        assertThat(IdDecoder.decode(null)).isInstanceOf(Decoded.NotAnId.class);
        assertThat(IdDecoder.decode(new byte[0])).isInstanceOf(Decoded.NotAnId.class);
    }

    @Test
    void refusesBrokenUtf8() {
        assertThat(IdDecoder.decode(new byte[] {'a', (byte) 0xC3, '('})).isInstanceOf(Decoded.NotAnId.class);
    }
}
