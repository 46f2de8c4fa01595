package io.triggerquery.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PeersTest {

    @Test
    void eachPeerHasOneSentenceAboutItsGuarantees() {
        assertThat(Peers.names())
                .hasSizeGreaterThan(12)
                .allSatisfy(
                        name -> assertThat(Peers.guarantees(name)).endsWith(".").doesNotContain(". "));
    }

    @Test
    void unknownPeerIsRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Peers.named("decaton"))
                .withMessageContaining("'decaton'")
                .withMessageContaining("pc-unordered");
    }
}
