package io.triggerquery.consumer.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void containsNeitherLineBreaksNorEscapeSequences() {
        assertThat(OneLine.of("a\r\nb\u001B[31mc\u2028d")).isEqualTo("a b [31mc d");
    }

    @Test
    void isTruncated() {
        assertThat(OneLine.of("x".repeat(10_000))).hasSize(501);
        assertThat(OneLine.of("x".repeat(501))).endsWith("…");
        assertThat(OneLine.of("x".repeat(500))).isEqualTo("x".repeat(500));
    }

    @Test
    void namesExceptionClassWithoutMessage() {
        assertThat(OneLine.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}
