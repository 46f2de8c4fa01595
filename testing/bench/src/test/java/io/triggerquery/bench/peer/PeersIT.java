package io.triggerquery.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.triggerquery.bench.id.PaymentIds;
import io.triggerquery.bench.source.Certificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Runs each peer in this process with all ids, some of them twice, and one whose query fails at first. */
class PeersIT {

    private static final int IDS = 300;
    private static final int TWICE = 100;
    private static final String BAD = new PaymentIds(IDS).text(7);

    /** Each round of a peer has two attempts, so two rounds and one more attempt fail. */
    private static final int FAILURES = 5;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private static Path directory;

    private static Certificate certificate;
    private static TinyBroker broker;
    private TinySource source;

    @BeforeAll
    static void startBroker() {
        certificate = Certificate.in(directory);
        broker = new TinyBroker();
        System.setProperty("triggerquery.defaults.back-off.initial", "100ms");
    }

    @AfterAll
    static void stopBroker() {
        System.clearProperty("triggerquery.defaults.back-off.initial");
        broker.close();
    }

    @BeforeEach
    void startSource() throws Exception {
        source = new TinySource(certificate);
        source.fail(BAD, FAILURES);
    }

    @AfterEach
    void stopSource() {
        source.close();
    }

    static List<String> consumers() {
        return Peers.names().stream()
                .filter(name -> !name.startsWith("http-") && !name.equals("ours-table"))
                .toList();
    }

    static List<String> limitsWithoutKafka() {
        return Peers.names().stream().filter(name -> name.startsWith("http-")).toList();
    }

    @ParameterizedTest
    @MethodSource("consumers")
    void appliesAllTriggersAndCommitsThem(String peer) throws Exception {
        broker.load(peer, triggers());
        Progress progress = run(peer, IDS + TWICE);

        assertThat(progress.applied()).isEqualTo(IDS);
        assertThat(progress.projections()).isGreaterThanOrEqualTo(IDS);
        assertThat(peer.equals("share") ? broker.shareLag(peer) : broker.lag(peer, peer))
                .as("not committed")
                .isZero();
        assertThat(source.failuresLeft(BAD)).isLessThan(peer.equals("poll") ? FAILURES + 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("limitsWithoutKafka")
    void queriesAllIds(String peer) throws Exception {
        Progress progress = run(peer, IDS);

        assertThat(progress.applied()).isEqualTo(IDS);
        assertThat(progress.projections()).isEqualTo(IDS);
        assertThat(source.failuresLeft(BAD)).isNegative();
    }

    @Test
    void processReportsInLinesAndCommitsAtItsStop() throws Exception {
        broker.load("process", triggers());
        try (var peer = new PeerProcess("ours-by-ids", processSettings())) {
            assertThat(peer.next().get("event").asString()).isEqualTo("ready");
            JsonNode line = peer.next();
            while (line.get("settled").asLong() < IDS + TWICE) {
                line = peer.next();
            }
            assertThat(line.get("applied").asLong()).isEqualTo(IDS);
            peer.sendLine("fresh");
            while (line.get("event").asString().equals("sample")) {
                line = peer.next();
            }
            assertThat(line.get("event").asString()).isEqualTo("fresh");
            assertThat(line.get("count").asLong()).isEqualTo(IDS);
            peer.sendLine("stop");
            assertThat(peer.exitCode()).isZero();
        }
        assertThat(broker.lag("process", "process")).as("not committed").isZero();
    }

    @Test
    void processRefusesUnknownPeer() throws Exception {
        try (var peer = new PeerProcess("unknown", processSettings())) {
            assertThat(peer.exitCode()).isEqualTo(2);
        }
    }

    private Map<String, Object> processSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap", broker.address());
        settings.put("topic", "process");
        settings.put("group", "process");
        settings.put("partitions", TinyBroker.PARTITIONS);
        settings.put("source", source.url());
        settings.put("ids", IDS);
        settings.put("openLoopStartNanos", 0);
        settings.put("openLoopIntervalNanos", 0);
        settings.put("triggerquery.defaults.back-off.initial", "100ms");
        return settings;
    }

    /** Runs the peer until it has settled this number of triggers, and stops it. */
    private Progress run(String peer, int triggers) throws Exception {
        var settings = new PeerSettings(
                new PeerSettings.Topic(broker.address(), peer, peer, TinyBroker.PARTITIONS),
                source.addresses(),
                IDS,
                null,
                new PeerSettings.Limits(null, Duration.ofMillis(100)),
                null);
        var progress = new Progress(IDS, null);
        var projection = new MemoryProjection(IDS);
        AutoCloseable running = Peers.named(peer).start(new Job(settings, projection, progress));
        try {
            await().atMost(LIMIT).until(() -> {
                boolean done = progress.settled() >= triggers;
                assertThat(progress.applied()).as("applied").isBetween(done ? (long) IDS : 0, (long) IDS);
                return done;
            });
            assertThat(progress.settled()).isEqualTo(triggers);
        } finally {
            running.close();
        }
        if (!peer.equals("poll")) {
            assertThat(IntStream.rangeClosed(1, IDS)).allMatch(number -> projection.version(number) == 1);
        }
        return progress;
    }

    private static List<String> triggers() {
        List<String> ids = new ArrayList<>();
        IntStream.rangeClosed(1, IDS).forEach(number -> ids.add(new PaymentIds(IDS).text(number)));
        IntStream.rangeClosed(1, TWICE).forEach(number -> ids.add(new PaymentIds(IDS).text(number)));
        return ids;
    }
}
