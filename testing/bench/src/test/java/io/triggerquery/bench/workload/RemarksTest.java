package io.triggerquery.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.bench.workload.PeerEvent.Sample;
import org.junit.jupiter.api.Test;

class RemarksTest {

    private static final Sample LAST = new Sample(0, 2_000, 2_000, 0);

    @Test
    void missingStatesInTheDatabaseAreReported() {
        assertThat(Remarks.of(LAST, 1_999))
                .containsExactly("reports that 2,000 ids are applied, but 1,999 are in the database");
        assertThat(Remarks.of(LAST, 2_000)).isEmpty();
    }
}
