package io.triggerquery.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.bench.id.PaymentIds;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryProjectionTest {

    private final MemoryProjection projection = new MemoryProjection(10);

    @Test
    void keepsTheNewestVersion() {
        projection.project(billing(10, 2));
        projection.project(billing(10, 3));
        projection.project(billing(10, 1));

        assertThat(projection.version(10)).isEqualTo(3);
        assertThat(projection.version(9)).isZero();
    }

    @Test
    void projectsLists() {
        projection.project(List.of(billing(0, 1), billing(1, 4)));

        assertThat(projection.version(0)).isEqualTo(1);
        assertThat(projection.version(1)).isEqualTo(4);
    }

    private static Billing billing(int number, long version) {
        return new Billing(new PaymentIds(10).text(number), true, "bill-1", version);
    }
}
