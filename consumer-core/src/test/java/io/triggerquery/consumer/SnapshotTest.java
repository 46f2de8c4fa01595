package io.triggerquery.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The factories of values that applications receive, or create in their tests. */
class SnapshotTest {

    @Test
    void snapshotIsFoundOrAbsentWithOrWithoutVersion() {
        assertThat(Snapshot.found("a", "paid")).isEqualTo(new Snapshot.Found<>("a", "paid", OptionalLong.empty()));
        assertThat(Snapshot.found("a", "paid", 7)).isEqualTo(new Snapshot.Found<>("a", "paid", OptionalLong.of(7)));
        assertThat(Snapshot.absent("a")).isEqualTo(new Snapshot.Absent<>("a", OptionalLong.empty()));
        assertThat(Snapshot.absent("a", 7)).isEqualTo(new Snapshot.Absent<>("a", OptionalLong.of(7)));
    }

    @Test
    void triggerHasNoVersionByDefault() {
        Trigger trigger = Trigger.of("bills", "a");
        assertThat(trigger.id()).isEqualTo("a");
        assertThat(trigger.topic()).isEqualTo("bills");
        assertThat(trigger.version()).isEmpty();
    }
}
