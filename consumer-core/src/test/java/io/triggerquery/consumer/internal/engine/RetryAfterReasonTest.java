package io.triggerquery.consumer.internal.engine;

import static io.triggerquery.consumer.internal.engine.EngineHarness.P0;
import static io.triggerquery.consumer.internal.engine.EngineHarness.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An operator retries all ids that have failed for a reason. */
class RetryAfterReasonTest {

    private final EngineHarness harness = new EngineHarness();

    private void deferredBefore(long offset, String id, String cause) {
        var history = new RetryHistory(3, Duration.ofMinutes(5), Duration.ZERO, cause);
        harness.deliver(RETRY, offset, new Work.Refresh(EngineHarness.trigger(id, OptionalLong.empty()), history), 1);
    }

    @Test
    void idsThatFailedForTheReasonAreRetriedImmediately() {
        deferredBefore(0, "a", "feign: [422 Unprocessable]");
        deferredBefore(1, "b", "feign: [422 Unprocessable]");
        deferredBefore(2, "c", "feign: [500 Internal Server Error]");
        harness.deliver(P0, 0, "here");
        harness.begin();
        harness.fail("here");
        harness.begin();
        assertThat(harness.running()).as("all back off").isEmpty();
        assertThat(harness.engine.ids().retryNowAfter("[404")).isZero();
        assertThat(harness.engine.ids().retryNowAfter("as scripted")).isEqualTo(1);
        harness.begin();
        assertThat(harness.running()).containsExactly("here");
        harness.fail("here");
        assertThat(harness.engine.ids().retryNowAfter("[422")).isEqualTo(2);
        assertThat(harness.engine.ids().retryNowAfter("[422"))
                .as("they no longer wait")
                .isZero();
        harness.begin();
        assertThat(harness.running()).isNotEmpty().isSubsetOf("a", "b");
    }

    @Test
    void pausedIdIsNotQueried() {
        deferredBefore(0, "a", "[422");
        harness.engine.ids().pause("a", Duration.ofHours(1));
        harness.engine.ids().retryNowAfter("[422");
        harness.begin();
        assertThat(harness.running()).isEmpty();
    }
}
