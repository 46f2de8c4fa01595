package io.triggerquery.consumer.internal.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetsTest {

    private static final List<String> ONE_TOPIC = List.of("things-dlt");
    private static final TopicPartition FIRST = new TopicPartition("things-dlt", 0);
    private static final TopicPartition SECOND = new TopicPartition("things-dlt", 1);

    @Test
    void writtenFormCanBeRead() {
        var offsets = Offsets.of(Map.of(SECOND, List.of(0L), FIRST, List.of(9L, 5L, 8L, 7L, 8L)));
        assertThat(offsets).hasToString("things-dlt-0@5,7-9,things-dlt-1@0");
        assertThat(Offsets.parse(offsets.toString(), ONE_TOPIC)).hasToString(offsets.toString());
        assertThat(offsets.count()).isEqualTo(5);
        assertThat(offsets.contains(FIRST, 8)).isTrue();
        assertThat(offsets.contains(FIRST, 6)).isFalse();
        assertThat(offsets.first()).containsExactlyInAnyOrderEntriesOf(Map.of(FIRST, 5L, SECOND, 0L));
        assertThat(offsets.last()).containsExactlyInAnyOrderEntriesOf(Map.of(FIRST, 9L, SECOND, 0L));
    }

    @Test
    void topicMayBeOmittedIfThereIsOnlyOne() {
        assertThat(Offsets.parse("1@3, 5", ONE_TOPIC)).hasToString("things-dlt-1@3,5");
        assertThatThrownBy(() -> Offsets.parse("1@3", List.of("a-dlt", "b-dlt")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("The topics are a-dlt, b-dlt");
    }

    @Test
    void rangeCountsBothEnds() {
        assertThat(new Offsets.Range(5, 9).count(0, 100)).isEqualTo(5);
        assertThat(new Offsets.Range(5, 9).count(6, 8)).isEqualTo(2);
        assertThat(new Offsets.Range(5, 9).count(10, 20)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "x@5",
                "others-0@5",
                "things-dlt@5",
                "things-dlt-0@",
                "things-dlt-0@-1",
                "things-dlt-0@9-5",
                "things-dlt-0@5,",
                "things-dlt-0@99999999999999999999",
                "things-dlt-99999999999@5",
                "<script>alert(1)</script>"
            })
    void nonsenseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Offsets.parse(text, ONE_TOPIC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a position. A position is PARTITION@OFFSET, such as things-dlt-0@17;");
    }
}
