package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.Alarm;
import io.triggerquery.producer.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triggers in stores that are not used any more after a change of the settings. */
class UnusedStoresIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Servers servers = Servers.running();
    private final String topic = servers.newTopic();

    @TempDir
    Path directory;

    @BeforeEach
    void clear() {
        TestDatabase.POSTGRESQL.cleared();
    }

    @Test
    void triggersOfUnusedOutboxAreSentWithAnAlarm() throws Exception {
        try (TestService before = start("outbox")) {
            // rows of another application and of an unknown destination, which are not sent
            before.execute("insert into trigger_outbox (owner, destination, trigger_id) values"
                    + " ('ordering', 'changed', 'b'), ('', 'unknown', 'c')");
            leaveTrigger(before);
        }

        try (TestService after = start("disk-queue")) {
            assertThat(servers.read(topic, 1)).containsExactly("left");
            await().atMost(SOON).until(() -> after.rows() == 2);
            await().atMost(SOON).until(() -> after.alarms().contains("unused-store"));
            assertThat(after.raised()).contains(new Alarm.UnusedStore("outbox", 1));
            assertThat(after.strategies()).containsExactly("disk-queue", "outbox");
            assertThat(after.gauge("triggerquery.producer.pending", "outbox")).isNotNegative();
        }
        try (TestService later = start("disk-queue")) {
            later.publish("later");
            assertThat(servers.read(topic, 2)).containsExactly("left", "later");
            assertThat(later.strategies()).containsExactly("disk-queue");
        }
    }

    @Test
    void triggersOfUnusedDiskQueueAreSentWithAnAlarm() throws Exception {
        try (TestService before = start("disk-queue")) {
            leaveTrigger(before);
        }

        try (TestService after = start("memory-queue")) {
            assertThat(servers.read(topic, 1)).containsExactly("left");
            await().atMost(SOON).until(() -> after.alarms().contains("unused-store"));
        }
    }

    @Test
    void triggersOfRemovedFallbackAreSent() throws Exception {
        try (TestService before = start(
                "memory-queue",
                "triggerquery.producer.memory-queue.max-entries=1",
                "triggerquery.producer.fallback=disk-queue",
                "triggerquery.producer.memory-queue.shutdown-timeout=0s")) {
            servers.proxy().cut();
            before.publish("in-memory");
            before.publish("left");
        } finally {
            servers.proxy().restore();
        }

        try (TestService after = start("memory-queue")) {
            assertThat(servers.read(topic, 1)).containsExactly("left");
        }
    }

    @Test
    void triggersOfUnconfiguredDestinationAreCountedWithAnAlarm() {
        try (TestService service = start("outbox")) {
            service.execute(
                    "insert into trigger_outbox (owner, destination, trigger_id) values ('billing', 'gone', 'a')");
        }

        try (TestService after = start("outbox")) {
            await().atMost(SOON).until(() -> after.alarms().contains("unconfigured-destination"));
            assertThat(after.relay().unconfiguredDestinations()).containsEntry("gone", 1L);
            assertThat(after.gauge("triggerquery.producer.unconfigured", "outbox"))
                    .isEqualTo(1);
        }
    }

    private void leaveTrigger(TestService service) throws Exception {
        servers.proxy().cut();
        try {
            service.publish("left");
            service.close();
        } finally {
            servers.proxy().restore();
        }
    }

    private TestService start(String strategy, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "spring.application.name=billing",
                "triggerquery.producer.strategy=" + strategy,
                "triggerquery.producer.disk-queue.directory=" + directory));
        settings.addAll(List.of(more));
        return TestService.start(topic, settings.toArray(String[]::new));
    }
}
