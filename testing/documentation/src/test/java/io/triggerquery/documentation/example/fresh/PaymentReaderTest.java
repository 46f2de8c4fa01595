package io.triggerquery.documentation.example.fresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.FreshnessResult;
import io.triggerquery.consumer.FreshnessResult.Known;
import io.triggerquery.consumer.FreshnessResult.Reason;
import io.triggerquery.consumer.test.ScriptedFreshness;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaymentReaderTest {

    private final Map<String, String> payments = Map.of("p1", "billed");

    ScriptedFreshness freshness = new ScriptedFreshness();
    PaymentReader reader = new PaymentReader(freshness, payments);

    @Test
    void reportsThatChangeIsNotProjectedYet() throws Exception {
        assertThat(reader.find("p1", 17)).isEqualTo("billed"); // what is not scripted is fresh
        freshness.answers("p1", new FreshnessResult.TimedOut(Known.NOTHING));
        assertThatThrownBy(() -> reader.find("p1", 18)).hasMessageContaining("too late");
    }

    @Test
    void readsWithoutVersion() {
        assertThat(reader.findLater("p1")).isCompletedWithValue("billed");
        freshness.answers("p1", new FreshnessResult.Refused(Reason.ID_PAUSED, Known.NOTHING));
        assertThat(reader.findLater("p1")).isCompletedWithValue("not yet");
        assertThatThrownBy(() -> reader.find("p1", 18)).hasMessageContaining("ID_PAUSED");
    }
}
