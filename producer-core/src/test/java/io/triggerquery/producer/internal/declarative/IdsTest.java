package io.triggerquery.producer.internal.declarative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdsTest {

    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000007");

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("p-1", List.of("p-1")),
                Arguments.of(new StringBuilder("p-1"), List.of("p-1")),
                Arguments.of(ID, List.of(ID.toString())),
                Arguments.of(7L, List.of("7")),
                Arguments.of(7, List.of("7")),
                Arguments.of((short) 7, List.of("7")),
                Arguments.of(List.of("b", 1, "a", "b"), List.of("b", "1", "a")),
                Arguments.of(List.of(), List.of()),
                Arguments.of(new String[] {"a", "b"}, List.of("a", "b")),
                Arguments.of(new long[] {1, 2}, List.of("1", "2")),
                Arguments.of(Stream.of("a", "b"), List.of("a", "b")),
                Arguments.of(IntStream.of(1, 2), List.of("1", "2")),
                Arguments.of(Optional.of(List.of("a")), List.of("a")),
                Arguments.of(Optional.empty(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valueIsConvertedToDistinctIdsInOrder(Object value, List<String> ids) {
        assertThat(Ids.of(value)).containsExactlyElementsOf(ids);
    }

    static Stream<@Nullable Object> unsupported() {
        return Stream.of(null, Arrays.asList("a", null), 1.5, Optional.of(1.5), new Object());
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void unsupportedTypeIsRefused(@Nullable Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ids.of(value))
                .withMessageContaining("return a String, a UUID, a whole number");
    }

    @Test
    void refusalNamesTheType() {
        assertThatIllegalArgumentException().isThrownBy(() -> Ids.of(1.5)).withMessageContaining("java.lang.Double");
        assertThatIllegalArgumentException().isThrownBy(() -> Ids.of(null)).withMessageContaining("null");
    }
}
