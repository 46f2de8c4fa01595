package io.triggerquery.producer.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.relay.BatchDelivery;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.Dispatch;
import io.triggerquery.producer.internal.relay.RetrySchedule;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.SendOutcome.Acknowledged;
import io.triggerquery.producer.internal.sending.SendOutcome.Blocked;
import io.triggerquery.producer.internal.sending.SendOutcome.Refused;
import io.triggerquery.producer.internal.sending.SendOutcome.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RelayFallbackTest {

    private static final RetrySchedule SCHEDULE = new RetrySchedule(
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10)), Duration.ofMinutes(5), 0, () -> 0);

    private final FakeRelayService service = new FakeRelayService();
    private final List<String> tried = new ArrayList<>();
    private Function<OutgoingTrigger, SendOutcome> kafka = trigger -> new Acknowledged();
    private long now;
    private final RelayFallback delivery = new RelayFallback(
            new Dispatch(
                    trigger -> {
                        tried.add(trigger.id());
                        return CompletableFuture.completedFuture(kafka.apply(trigger));
                    },
                    Duration.ofSeconds(1)),
            new RelayServiceClient(service),
            SCHEDULE,
            () -> now);

    @Test
    void serviceIsNotCalledWhileKafkaIsAvailable() {
        assertThat(deliver("a", "b").untried()).isEmpty();

        assertThat(tried).containsExactly("a", "b");
        assertThat(service.calls).isEmpty();
    }

    @Test
    void batchIsSentToTheServiceWhenKafkaIsUnavailable() {
        kafka = trigger -> new Unreachable("no broker");

        BatchDelivery.Result result = deliver("a", "b", "c");

        assertThat(tried).containsExactly("a");
        assertThat(service.calls).containsExactly(3);
        assertThat(acknowledged(result)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(result.untried()).isEmpty();
    }

    @Test
    void unavailableKafkaIsProbedWithOneTriggerAfterEachPause() {
        kafka = trigger -> new Unreachable("no broker");
        deliver("a", "b");
        tried.clear();

        later(Duration.ofSeconds(5).minusNanos(1));
        assertThat(acknowledged(deliver("c", "d"))).containsExactlyInAnyOrder("c", "d");
        assertThat(tried).isEmpty();

        later(Duration.ofNanos(1));
        assertThat(acknowledged(deliver("e", "f"))).containsExactlyInAnyOrder("e", "f");
        assertThat(tried).containsExactly("e");

        later(Duration.ofSeconds(9));
        deliver("g");
        assertThat(tried).containsExactly("e");
        assertThat(service.accepted).containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void batchIsSentToKafkaAfterSuccessfulProbe() {
        kafka = trigger -> new Unreachable("no broker");
        deliver("a");
        kafka = trigger -> new Acknowledged();
        later(Duration.ofSeconds(5));

        assertThat(acknowledged(deliver("b", "c"))).containsExactly("b", "c");
        assertThat(acknowledged(deliver("d"))).containsExactly("d");

        assertThat(tried).containsExactly("a", "b", "c", "d");
        assertThat(service.accepted).containsExactly("a");
    }

    @Test
    void pausesStartOverAfterRecovery() {
        kafka = trigger -> new Unreachable("no broker");
        deliver("a");
        later(Duration.ofSeconds(5));
        deliver("b");
        later(Duration.ofSeconds(10));
        kafka = trigger -> new Acknowledged();
        deliver("c");
        kafka = trigger -> new Unreachable("no broker");
        deliver("d");
        later(Duration.ofSeconds(5));
        deliver("e");

        assertThat(tried).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void otherPartitionsAreSentToKafkaWhileOneIsUnavailable() {
        kafka = trigger -> trigger.id().equals("b") ? new Unreachable("no leader") : new Acknowledged();

        assertThat(acknowledged(deliver("a", "b"))).containsExactlyInAnyOrder("a", "b");
        deliver("c");

        assertThat(tried).containsExactly("a", "b", "c");
        assertThat(service.accepted).containsExactly("b");
    }

    @Test
    void triggersStayUnsentWhenKafkaAndTheServiceFail() {
        kafka = trigger -> new Unreachable("no broker");
        service.failures = 2;

        BatchDelivery.Result tried = deliver("a", "b");
        assertThat(tried.sent())
                .singleElement()
                .satisfies(sent -> assertThat(sent.outcome())
                        .isEqualTo(new Unreachable("no broker; the relay service is not available: no relay service")));
        assertThat(tried.untried()).extracting(entry -> entry.trigger().id()).containsExactly("b");

        // Kafka is not due yet
        BatchDelivery.Result untried = deliver("a", "b");
        assertThat(untried.sent())
                .singleElement()
                .satisfies(sent -> assertThat(sent.outcome()).isInstanceOf(Unreachable.class));
        assertThat(untried.untried()).hasSize(1);
        assertThat(acknowledged(deliver("a", "b"))).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void triggersBlockedByKafkaAreSentToTheService() {
        kafka = trigger -> new Blocked("no access");

        assertThat(acknowledged(deliver("a"))).containsExactly("a");
        service.failures = 1;
        assertThat(deliver("b").sent())
                .singleElement()
                .satisfies(sent -> assertThat(sent.outcome()).isInstanceOf(Unreachable.class));
    }

    @Test
    void triggersRefusedByKafkaAreNotSentToTheService() {
        kafka = trigger -> new Refused("too large");

        assertThat(deliver("a").sent())
                .singleElement()
                .satisfies(sent -> assertThat(sent.outcome()).isInstanceOf(Refused.class));
        assertThat(service.calls).isEmpty();
    }

    @Test
    void failureOfOneDestinationDoesNotAffectAnother() {
        kafka = trigger -> new Unreachable("no broker");
        deliver("a");
        kafka = trigger -> new Acknowledged();

        delivery.deliver("other", List.of(new Claimed(1, 0, OutgoingTrigger.of("other", "x"), 0)));

        assertThat(tried).containsExactly("a", "x");
    }

    private BatchDelivery.Result deliver(String... ids) {
        return delivery.deliver(
                "changed",
                Stream.of(ids)
                        .map(id -> new Claimed(id.hashCode(), 0, OutgoingTrigger.of("changed", id), 0))
                        .toList());
    }

    private static List<String> acknowledged(BatchDelivery.Result result) {
        return result.sent().stream()
                .filter(sent -> sent.outcome() instanceof Acknowledged)
                .map(sent -> sent.trigger().id())
                .toList();
    }

    private void later(Duration by) {
        now += by.toNanos();
    }
}
