package io.triggerquery.producer.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FallbackBufferTest {

    private static final List<OutgoingTrigger> TRIGGERS =
            List.of(OutgoingTrigger.of("changed", "a"), OutgoingTrigger.of("changed", "b"));

    private final List<String> calls = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();
    private final UndeliveredReport report = new UndeliveredReport(
            () -> Instant.EPOCH, List.of((destination, triggers, reason) -> reported.add(triggers + ": " + reason)));

    private final TriggerBuffer full = named("full", new Receipt.Rejected("full"));
    private final TriggerBuffer fullToo = named("full too", new Receipt.Rejected("full too"));
    private final TriggerBuffer disk = named("disk", new Receipt.OnDisk());
    private final TriggerBuffer memory = named("memory", new Receipt.InMemory());
    private final TriggerBuffer broken = triggers -> {
        throw new IllegalStateException("a bug");
    };

    @Test
    void firstAcceptingBufferKeepsTheTriggers() {
        assertThat(chain(full, disk, memory).keep(TRIGGERS)).isEqualTo(new Receipt.OnDisk());

        assertThat(calls).containsExactly("full", "disk");
        assertThat(reported).isEmpty();
    }

    @Test
    void triggersThatNoBufferAcceptsAreReportedAndRejected() {
        assertThat(chain(full, fullToo).keep(TRIGGERS)).isEqualTo(new Receipt.Rejected("full too"));

        assertThat(reported).containsExactly("2: full too");
    }

    @Test
    void throwingBufferIsSkipped() {
        assertThat(chain(broken, memory).keep(TRIGGERS)).isEqualTo(new Receipt.InMemory());
        assertThat(chain(memory, broken).keep(TRIGGERS)).isEqualTo(new Receipt.InMemory());
        assertThat(chain(broken).keep(TRIGGERS)).isInstanceOf(Receipt.Rejected.class);

        assertThat(reported).hasSize(1);
    }

    @Test
    void firstPreparingBufferContinuesAfterTheTransaction() {
        FallbackBuffer chain = chain(unprepared("no service"), preparing("registered"), memory);

        TriggerBuffer.Prepared afterwards = chain.prepare(TRIGGERS);
        assertThat(calls).containsExactly("prepare registered");

        afterwards.ended(true);
        assertThat(calls).containsExactly("prepare registered", "activate registered");
    }

    @Test
    void lastReasonIsThrownWhenNoBufferCanPrepare() {
        FallbackBuffer chain = chain(unprepared("no service"), unprepared("no disk"));

        assertThatThrownBy(() -> chain.prepare(TRIGGERS)).hasMessage("no disk");

        assertThat(reported).isEmpty();
    }

    @Test
    void nextBufferIsUsedWhenPreparedOneRejectsAfterCommit() {
        chain(full, memory).prepare(TRIGGERS).ended(true);

        assertThat(calls).containsExactly("full", "memory");
        assertThat(reported).isEmpty();
    }

    @Test
    void everyBufferReceivesThatTheCommitIsInDoubt() {
        chain(inDoubt("one", new Receipt.Rejected("full")), inDoubt("two", new Receipt.InMemory()))
                .acceptInDoubt(TRIGGERS);
        assertThat(calls).containsExactly("in doubt one", "in doubt two");

        calls.clear();
        chain(full, inDoubt("two", new Receipt.InMemory())).prepare(TRIGGERS).ended(false);
        assertThat(calls).containsExactly("full", "in doubt two");

        calls.clear();
        chain(preparing("registered")).prepare(TRIGGERS).ended(false);
        assertThat(calls).containsExactly("prepare registered", "leave registered");
    }

    @Test
    void triggersThatNoBufferKeepsAfterCommitAreReported() {
        chain(full, fullToo).prepare(TRIGGERS).ended(true);
        chain(full).prepare(TRIGGERS).ended(true);

        assertThat(reported).containsExactly("2: full too", "2: full");
    }

    @Test
    void emptyChainIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(this::chain);
    }

    private FallbackBuffer chain(TriggerBuffer... buffers) {
        return new FallbackBuffer(List.of(buffers), report);
    }

    private TriggerBuffer named(String name, Receipt receipt) {
        return triggers -> {
            calls.add(name);
            return receipt;
        };
    }

    private TriggerBuffer inDoubt(String name, Receipt receipt) {
        return new TriggerBuffer() {
            @Override
            public Receipt keep(List<OutgoingTrigger> triggers) {
                calls.add(name);
                return receipt;
            }

            @Override
            public Receipt acceptInDoubt(List<OutgoingTrigger> triggers) {
                calls.add("in doubt " + name);
                return receipt;
            }
        };
    }

    private static TriggerBuffer unprepared(String why) {
        return new TriggerBuffer() {
            @Override
            public Receipt keep(List<OutgoingTrigger> triggers) {
                return new Receipt.Rejected(why);
            }

            @Override
            public Prepared prepare(List<OutgoingTrigger> triggers) {
                throw new IllegalStateException(why);
            }
        };
    }

    private TriggerBuffer preparing(String name) {
        return new TriggerBuffer() {
            @Override
            public Receipt keep(List<OutgoingTrigger> triggers) {
                calls.add("keep " + name);
                return new Receipt.WithRelayService();
            }

            @Override
            public Prepared prepare(List<OutgoingTrigger> triggers) {
                calls.add("prepare " + name);
                return committed -> calls.add((committed ? "activate " : "leave ") + name);
            }
        };
    }
}
