package io.triggerquery.consumer.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RefusalsTest {

    private long now = Long.MAX_VALUE - 1;
    private int reads;
    private final Refusals refusals = new Refusals(() -> now);

    private void refuse(String... ids) {
        List<GuardRow> rows =
                List.of(ids).stream().map(id -> new GuardRow(id, 1, false)).toList();
        refusals.of("things", rows, Set.of(), id -> {
            reads++;
            return Optional.of(new GuardRow(id, 7, true));
        });
    }

    @Test
    void logsRefusedVersionsOncePerMinute(CapturedOutput output) {
        refuse("a");
        assertThat(output)
                .contains("The projection things keeps a deletion of version 7 of a, and a state of version 1 was"
                        + " refused (1 refused since the last such line)")
                .contains("ProjectionGuard.forget(\"things\", \"a\")");
        refuse("b", "c");
        now += Duration.ofSeconds(59).toNanos();
        refuse("d");
        assertThat(reads).isEqualTo(1);
        now += Duration.ofSeconds(1).toNanos();
        refuse("e");
        assertThat(output)
                .contains("of e, and a state of version 1 was refused (4 refused since")
                .doesNotContain("of b,");
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void logsNothingIfAllIsAdmitted(CapturedOutput output) {
        refusals.of("things", List.of(new GuardRow("a", 1, false)), Set.of("a"), id -> Optional.empty());
        assertThat(output).doesNotContain("refused");
    }
}
