package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.TestDatabase;
import io.triggerquery.producer.internal.kafka.KafkaTriggerSender;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.relay.Backlog;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.relay.Dispatch;
import io.triggerquery.producer.internal.relay.RelayListener;
import io.triggerquery.producer.internal.relay.RelaySettings;
import io.triggerquery.producer.internal.relay.RetrySchedule;
import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.relay.TriggerStore;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.Destinations;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay that dies between a send and the deletion of its row. */
class KilledRelayIT {

    private final Servers servers = Servers.running();
    private final String topic = servers.newTopic();
    private final Destinations destinations = new Destinations(Map.of("elsewhere", topic));

    @BeforeEach
    void clear() {
        TestDatabase.POSTGRESQL.cleared();
    }

    @Test
    void nextRelaySendsAgainAndLosesNothing() {
        // migrates the table; its own relay does not know the destination
        try (TestService service = TestService.start("unused", TestService.NO_POLL);
                KafkaTriggerSender sender =
                        new KafkaTriggerSender(Map.of("bootstrap.servers", servers.bootstrapServers()), destinations)) {
            TriggerTable table = new TriggerTable(service.dataSource(), Application.UNNAMED);
            table.insert(OutgoingTrigger.of("elsewhere", "p-1"));
            table.insert(OutgoingTrigger.of("elsewhere", "p-2"));

            DyingTable dying = new DyingTable(table);
            TriggerRelay first =
                    relay(dying, trigger -> sender.send(trigger).whenComplete((outcome, thrown) -> dying.dead = true));
            first.start();
            assertThat(servers.read(topic, 2)).containsExactlyInAnyOrder("p-1", "p-2");

            TriggerRelay second = relay(table, sender);
            second.start();
            assertThat(servers.read(topic, 4)).containsExactlyInAnyOrder("p-1", "p-2", "p-1", "p-2");
            await().until(() -> service.rows() == 0);
            first.stop();
            second.stop();
        }
    }

    private TriggerRelay relay(TriggerStore table, TriggerSender sender) {
        Duration lease = Duration.ofSeconds(3);
        RetrySchedule schedule = new RetrySchedule(List.of(), Duration.ofSeconds(1), 0, () -> 0);
        RelaySettings settings = new RelaySettings(Duration.ofMillis(50), 500, lease, schedule, 1_000, Duration.ZERO);
        return new TriggerRelay(
                "relay", table, new Dispatch(sender, lease), destinations.names(), settings, RelayListener.NONE);
    }

    /** Works until the broker has a trigger. After that, no statement reaches the database. */
    private static final class DyingTable implements TriggerStore {

        volatile boolean dead;
        private final TriggerStore table;

        DyingTable(TriggerStore table) {
            this.table = table;
        }

        @Override
        public List<Claimed> claim(String destination, int limit, Duration lease) {
            return dead ? List.of() : table.claim(destination, limit, lease);
        }

        @Override
        public void done(List<Claimed> sent) {
            if (!dead) {
                table.done(sent);
            }
        }

        @Override
        public void release(List<Claimed> untried) {
            throw new AssertionError("nothing is released while the broker is available");
        }

        @Override
        public void postpone(List<Claimed> failed, Duration pause) {
            throw new AssertionError("nothing is postponed while the broker is available");
        }

        @Override
        public void park(List<Claimed> refused, String reason) {
            throw new AssertionError("nothing is refused");
        }

        @Override
        public List<WaitingTrigger> list(int limit) {
            return table.list(limit);
        }

        @Override
        public int retry(String destination, @Nullable String id) {
            return table.retry(destination, id);
        }

        @Override
        public int unpark(String destination, @Nullable String id) {
            return table.unpark(destination, id);
        }

        @Override
        public Map<String, Long> countUnconfigured(Set<String> known) {
            return Map.of();
        }

        @Override
        public Backlog backlog() {
            return table.backlog();
        }
    }
}
