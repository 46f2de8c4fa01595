package io.triggerquery.producer.internal.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.LogCapture;
import io.triggerquery.producer.internal.actuate.TriggerProducerEndpoint.Done;
import io.triggerquery.producer.internal.queue.TriggerQueue;
import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.DestinationState;
import io.triggerquery.producer.internal.relay.FakeStore;
import io.triggerquery.producer.internal.relay.Relays;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import tools.jackson.databind.json.JsonMapper;

class TriggerProducerEndpointTest {

    private static final Duration LEASE = Duration.ofHours(1);

    private long now;
    private final TriggerQueue memory = new TriggerQueue(10, () -> now, () -> Instant.EPOCH);
    private final TriggerQueue disk = new TriggerQueue(10, () -> now, () -> Instant.EPOCH);
    private final OperationLog log = new OperationLog(() -> Instant.EPOCH);
    private final TriggerProducerEndpoint endpoint = new TriggerProducerEndpoint(
            Map.of(
                    "memory-queue", Relays.of(memory, new SendOutcome.Acknowledged(), "changed", "other"),
                    "disk-queue", Relays.of(disk, new SendOutcome.Acknowledged(), "changed")),
            log);
    private final TriggerProducerWebExtension web = new TriggerProducerWebExtension(endpoint);

    @BeforeEach
    void fill() {
        memory.add(new OutgoingTrigger("changed", "parked", 7L), Duration.ZERO);
        memory.park(memory.claim("changed", 1, LEASE), "too large");
        memory.add(OutgoingTrigger.of("changed", "a"), Duration.ZERO);
        memory.add(OutgoingTrigger.of("changed", "b"), Duration.ZERO);
        memory.postpone(memory.claim("changed", 2, LEASE), LEASE);
        now += Duration.ofSeconds(3).toNanos();
    }

    @Test
    void reportsEveryStrategy() {
        assertThat(endpoint.strategies().strategies())
                .containsExactly(
                        new StrategyReport(
                                "disk-queue",
                                false,
                                null,
                                new Backlog(0, Duration.ZERO, 0),
                                Map.of(),
                                Map.of("changed", DestinationState.OPEN)),
                        new StrategyReport(
                                "memory-queue",
                                false,
                                null,
                                new Backlog(2, Duration.ofSeconds(3), 1),
                                Map.of(),
                                Map.of("changed", DestinationState.OPEN, "other", DestinationState.OPEN)));
    }

    @Test
    void reportsFailingStore() {
        FakeStore away = new FakeStore(() -> now);
        away.breakDown();
        TriggerProducerEndpoint failing = new TriggerProducerEndpoint(
                Map.of("outbox", Relays.of(away, new SendOutcome.Acknowledged(), "changed")), log);

        assertThat(failing.strategies().strategies())
                .containsExactly(new StrategyReport(
                        "outbox", false, "no database", null, Map.of(), Map.of("changed", DestinationState.OPEN)));
    }

    @Test
    void jsonReportContainsTheBacklog() {
        assertThat(JsonMapper.shared().writeValueAsString(endpoint.strategies()))
                .contains("\"strategy\":\"memory-queue\",\"running\":false,\"storeFailure\":null,\"pending\":2,");
    }

    @Test
    void showsWaitingTriggers() {
        assertThat(endpoint.waiting("memory-queue", null).waiting())
                .hasSize(3)
                .startsWith(
                        new WaitingReport("changed", "parked", 7L, Instant.EPOCH, 1, "too large"),
                        new WaitingReport("changed", "a", null, Instant.EPOCH, 1, null));
        assertThat(endpoint.waiting("memory-queue", 1).waiting()).hasSize(1);
        assertThat(endpoint.waiting("disk-queue", null).waiting()).isEmpty();
    }

    @Test
    void retriesPostponedTriggers() {
        assertThat(endpoint.operateOnId("memory-queue", "retry", "changed", "a"))
                .isEqualTo(new Done("memory-queue", "retry", "changed", 1));
        assertThat(endpoint.operate("memory-queue", "retry", "changed").triggers())
                .isEqualTo(1);
        assertThat(endpoint.operate("memory-queue", "retry", "other").triggers())
                .isZero();

        assertThat(memory.claim("changed", 10, LEASE)).hasSize(2);
    }

    @Test
    void unparksParkedTriggers() {
        assertThat(endpoint.operate("memory-queue", "unpark", "changed").triggers())
                .isEqualTo(1);

        assertThat(memory.claim("changed", 10, LEASE)).hasSize(1);
    }

    @Test
    void unknownNameIsRefusedWithTheKnownNames() {
        assertThatThrownBy(() -> endpoint.waiting("memory", null))
                .isInstanceOf(ProducerOperationException.class)
                .hasMessage("no strategy memory is in use; there are: disk-queue, memory-queue");
        assertRefused(
                web.waiting("memory", null), 404, "no strategy memory is in use; there are: disk-queue, memory-queue");
        assertRefused(
                web.operate("memory-queue", "retry", "change\nd"),
                404,
                "the strategy has no destination change?d; there are: changed, other");
        assertRefused(
                web.operate("memory-queue", "drop", "changed"),
                400,
                "there is no operation drop; there are: retry/DESTINATION, unpark/DESTINATION and both with /ID");
    }

    @Test
    void operationOnIdThatDoesNotWaitIsNotFound() {
        assertThat(web.operateOnId("memory-queue", "unpark", "changed", "a").getStatus())
                .isEqualTo(404);
        assertThat(web.operateOnId("memory-queue", "retry", "changed", "elsewhere")
                        .getStatus())
                .isEqualTo(404);
        assertThat(web.operateOnId("memory-queue", "unpark", "changed", "parked")
                        .getStatus())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void limitOutOfBoundsIsBadRequest(int limit) {
        assertRefused(web.waiting("memory-queue", limit), 400, "the limit must be 1 to 1000");
    }

    @Test
    void invalidIdIsBadRequest() {
        assertThat(web.operateOnId("memory-queue", "retry", "changed", "../x").getStatus())
                .isEqualTo(400);
    }

    @Test
    void eachOperationWritesAnAuditRecord() {
        try (LogCapture audit = LogCapture.of("io.triggerquery.audit")) {
            endpoint.execute("ann", "memory-queue", "unpark", "changed", "parked");
            assertThatThrownBy(() -> endpoint.execute("ann\n", "memory-queue", "drop", "changed", null))
                    .isInstanceOf(ProducerOperationException.class);
            web.operate("memory-queue", "retry", "changed");

            assertThat(audit.messages(Level.INFO))
                    .containsExactly(
                            "ann executed unpark of memory-queue {destination=changed, id=parked}: 1 triggers",
                            "ann? was refused drop of memory-queue {destination=changed}: there is no operation drop;"
                                    + " there are: retry/DESTINATION, unpark/DESTINATION and both with /ID",
                            "unknown executed retry of memory-queue {destination=changed}: 2 triggers");
        }
    }

    @Test
    void showsLatestOperationsOfAStrategy() {
        for (int i = 0; i < 250; i++) {
            endpoint.execute("ann", "memory-queue", "retry", "other", null);
        }
        endpoint.execute("ann", "memory-queue", "unpark", "changed", "parked");
        assertThatThrownBy(() -> endpoint.execute("ben", "disk-queue", "unpark", "nothing", null))
                .isInstanceOf(ProducerOperationException.class);

        List<OperationLog.Entry> shown = endpoint.view("memory-queue", "audit");
        assertThat(shown).hasSize(199);
        assertThat(shown.get(0))
                .isEqualTo(new OperationLog.Entry(
                        Instant.EPOCH,
                        new OperationLog.Request("ann", "memory-queue", "unpark", "changed", "parked"),
                        true,
                        "1 triggers"));
        assertThat(endpoint.view("disk-queue", "audit"))
                .singleElement()
                .matches(refused ->
                        !refused.executed() && refused.request().user().equals("ben"));
        assertThat(web.view("disk-queue", "audit").getStatus()).isEqualTo(200);
        assertRefused(web.view("disk-queue", "logs"), 404, "there is no view logs; there is: audit");
        assertThat(web.view("outbox", "audit").getStatus()).isEqualTo(404);
    }

    private static void assertRefused(WebEndpointResponse<Object> response, int status, String error) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getBody()).isEqualTo(new TriggerProducerWebExtension.Refusal(error));
    }
}
