package io.triggerquery.producer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerIdFormatTest {

    @ParameterizedTest
    @ValueSource(strings = {"7", "p-1", "a.b_c~d:e@f=g", "...", "3f2b8c1e-0000-4000-8000-000000000000"})
    void acceptsValidIds(String id) {
        assertThat(TriggerIdFormat.violation(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "../x", "a/b", "a\\b", "a?b", "a#b", "a%2e", "a b", "a\nb", "p-1\n", "a\r", "\u0000",
                "ä", "１"
            })
    void refusesInvalidIds(String id) {
        assertThat(TriggerIdFormat.violation(id)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 256})
    void acceptsLengths(int length) {
        assertThat(TriggerIdFormat.violation("x".repeat(length))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257})
    void refusesLengths(int length) {
        assertThat(TriggerIdFormat.violation("x".repeat(length))).isPresent();
    }
}
