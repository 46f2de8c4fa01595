package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.kafka.KafkaTriggerSender;
import io.triggerquery.producer.outbox.Backlog;
import io.triggerquery.producer.outbox.OutboxRelay;
import io.triggerquery.producer.outbox.OutboxRow;
import io.triggerquery.producer.outbox.OutboxSettings;
import io.triggerquery.producer.outbox.OutboxTable;
import io.triggerquery.producer.outbox.PostgresOutboxTable;
import io.triggerquery.producer.outbox.SendCounts;
import io.triggerquery.producer.sending.Destinations;
import io.triggerquery.producer.sending.TriggerSender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay dies between a send and the deletion of its row. */
class KilledRelayIT {

    private final Servers servers = Servers.running();
    private final String topic = servers.newTopic();
    private final Destinations destinations = new Destinations(Map.of("elsewhere", topic));

    @BeforeEach
    void clear() {
        servers.clearOutbox();
    }

    @Test
    void theNextRelaySendsOnceMoreAndLosesNothing() {
        // migrates the table; its own relay does not know the destination
        try (TestService service = TestService.start("unused", TestService.NO_POLL);
                KafkaTriggerSender sender =
                        new KafkaTriggerSender(Map.of("bootstrap.servers", servers.bootstrapServers()), destinations)) {
            PostgresOutboxTable table = new PostgresOutboxTable(service.dataSource());
            table.insert("elsewhere", "p-1");
            table.insert("elsewhere", "p-2");

            DyingTable dying = new DyingTable(table);
            OutboxRelay first = relay(
                    dying,
                    (destination, id) ->
                            sender.send(destination, id).whenComplete((outcome, thrown) -> dying.dead = true));
            first.start();
            assertThat(servers.read(topic, 2)).containsExactlyInAnyOrder("p-1", "p-2");

            OutboxRelay second = relay(table, sender);
            second.start();
            assertThat(servers.read(topic, 4)).containsExactlyInAnyOrder("p-1", "p-2", "p-1", "p-2");
            await().until(() -> service.rows() == 0);
            first.stop();
            second.stop();
        }
    }

    private OutboxRelay relay(OutboxTable table, TriggerSender sender) {
        Duration lease = Duration.ofSeconds(3);
        OutboxSettings settings = new OutboxSettings(Duration.ofMillis(50), 500, lease, Duration.ofSeconds(1));
        return new OutboxRelay(table, sender, destinations, settings, SendCounts.NONE);
    }

    /** Works until the broker has a trigger; from then on nothing reaches the database any more. */
    private static final class DyingTable implements OutboxTable {

        volatile boolean dead;
        private final OutboxTable table;

        DyingTable(OutboxTable table) {
            this.table = table;
        }

        @Override
        public void insert(String destination, String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<OutboxRow> claim(String destination, int limit, Duration lease) {
            return dead ? List.of() : table.claim(destination, limit, lease);
        }

        @Override
        public void delete(List<Long> rowIds) {
            if (!dead) {
                table.delete(rowIds);
            }
        }

        @Override
        public void release(List<Long> rowIds) {
            throw new AssertionError("nothing is released while the broker is there");
        }

        @Override
        public void putOff(List<Long> rowIds, Duration pause) {
            throw new AssertionError("nothing is put off while the broker is there");
        }

        @Override
        public List<String> strays(Set<String> known) {
            return List.of();
        }

        @Override
        public Backlog backlog() {
            return table.backlog();
        }
    }
}
