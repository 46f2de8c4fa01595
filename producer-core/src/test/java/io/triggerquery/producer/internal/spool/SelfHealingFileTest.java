package io.triggerquery.producer.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.OutgoingTrigger.Key;
import io.triggerquery.producer.internal.spool.SpoolChange.Forget;
import io.triggerquery.producer.internal.spool.SpoolChange.Put;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Disk errors, and the recovery from them. */
class SelfHealingFileTest {

    private final AtomicLong nanos = new AtomicLong();
    private final RecordingListener listener = new RecordingListener();
    private final List<Collection<String>> renewed = new ArrayList<>();
    private final FakeFile first = new FakeFile();
    private final FakeFile second = new FakeFile();
    private boolean renewable = true;
    private int attempts;
    private SelfHealingFile file;

    @TempDir
    Path directory;

    @BeforeEach
    void open() {
        Path reserve = directory.resolve("reserve");
        file = new SelfHealingFile(
                new SpoolOpening.Opened(first, List.of()),
                (rows, damaged) -> renew(rows),
                new ReservedSpace(reserve, nanos::get),
                new OngoingFailure(listener),
                nanos::get,
                directory);
    }

    private SpoolFile renew(Collection<SpoolRow> rows) throws SQLException {
        attempts++;
        if (!renewable) {
            throw new SQLException("the disk is gone");
        }
        TreeSet<String> ids = new TreeSet<>();
        rows.forEach(row -> ids.add(row.key().id()));
        renewed.add(ids);
        return second;
    }

    private SpoolRequest write(SpoolChange change) {
        SpoolRequest request = new SpoolRequest(List.of(change));
        file.write(List.of(request));
        assertThat(request.done()).isDone();
        return request;
    }

    private SpoolRequest put(String id) {
        return write(new Put(OutgoingTrigger.of("bills", id), 1, Instant.EPOCH, 0));
    }

    private SpoolRequest delete(String id) {
        return write(new Forget(new Key("bills", id), 1, 0));
    }

    @Test
    void allRowsAreWrittenToNewFileAfterError() {
        put("p-1");
        put("p-2");
        delete("p-1");
        first.error = new SQLException("i/o error");
        assertThat(put("p-3").done()).isCompletedWithValue(null);
        assertThat(first.closed).isTrue();
        assertThat(renewed).containsExactly(new TreeSet<>(List.of("p-2", "p-3")));
        put("p-4");
        assertThat(second.rows).containsOnlyKeys("p-4");
        assertThat(listener.reported).isEmpty();
    }

    @Test
    void triggersAreRejectedUntilDiskIsBack() {
        put("p-1");
        put("p-2");
        first.error = new SQLException("i/o error");
        renewable = false;
        assertThat(put("p-3").done()).isCompletedExceptionally();
        assertThat(delete("p-1").done()).isCompletedWithValue(null);
        assertThat(listener.reported).containsExactly("failed");

        renewable = true;
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(put("p-4").done()).isCompletedWithValue(null);
        assertThat(renewed).containsExactly(new TreeSet<>(List.of("p-2")));
        assertThat(second.rows).containsOnlyKeys("p-4");
        assertThat(listener.reported).containsExactly("failed", "recovered");
    }

    @Test
    void failedDiskIsRetriedAtGrowingPausesEvenWhenIdle() {
        first.error = new SQLException("i/o error");
        renewable = false;
        put("p-1");
        List<Long> seconds = new ArrayList<>();
        for (long second = 1; second <= 200; second++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            int before = attempts;
            file.write(List.of());
            if (attempts > before) {
                seconds.add(second);
            }
        }
        assertThat(seconds).startsWith(1L, 3L, 7L, 15L, 25L, 35L).endsWith(185L, 195L);
    }

    @Test
    void operatorRetryEndsPause() {
        first.error = new SQLException("i/o error");
        renewable = false;
        put("p-1");
        renewable = true;
        assertThat(put("p-2").done()).isCompletedExceptionally();

        file.retryNow();

        assertThat(put("p-3").done()).isCompletedWithValue(null);
        assertThat(listener.reported).containsExactly("failed", "recovered");
    }

    @Test
    void fullDiskRejectsTriggersButStillDeletesSentOnes() {
        put("p-1");
        assertThat(directory.resolve("reserve")).hasSize(4 << 20);
        first.full = true;
        assertThat(put("p-2").done()).isCompletedExceptionally();
        assertThat(directory.resolve("reserve")).doesNotExist();
        assertThat(delete("p-1").done()).isCompletedWithValue(null);
        assertThat(first.rows).isEmpty();
        first.full = false;
        assertThat(put("p-3").done()).isCompletedWithValue(null);
        assertThat(renewed).isEmpty();
        assertThat(listener.reported).containsExactly("full", "recovered");
    }

    @Test
    void diskFilledByItsOwnLogRecovers() {
        first.full = true;
        first.fullOfItsLog = true;

        assertThat(put("p-1").done()).isCompletedExceptionally();
        assertThat(put("p-2").done()).isCompletedWithValue(null);

        assertThat(listener.reported).containsExactly("full", "recovered");
    }

    @Test
    void fileIsReplacedWhenReaderKeepsLogLong() {
        first.logIsLong = true;
        put("p-1");
        assertThat(renewed).isEmpty();

        first.isRead = true;
        assertThat(put("p-2").done()).isCompletedWithValue(null);

        assertThat(first.closed).isTrue();
        assertThat(renewed).containsExactly(new TreeSet<>(List.of("p-1", "p-2")));
        assertThat(listener.reported).containsExactly("logTooLong");
    }

    @Test
    void writesAreRejectedWhenLongLogCannotBeReplaced() {
        first.logIsLong = true;
        first.isRead = true;
        renewable = false;
        assertThat(put("p-1").done()).isCompletedWithValue(null);
        assertThat(put("p-2").done()).isCompletedExceptionally();

        assertThat(listener.reported).containsExactly("logTooLong", "failed");
    }

    /** Keeps its rows in a map, and fails on demand. */
    private static final class FakeFile implements SpoolFile {

        final Map<String, SpoolRow> rows = new java.util.HashMap<>();
        SQLException error;
        boolean full;
        boolean fullOfItsLog;
        boolean closed;
        boolean logIsLong;
        boolean isRead;

        @Override
        public void write(Map<Key, Optional<SpoolRow>> touched, boolean durable) throws SQLException {
            if (error != null) {
                throw error;
            }
            if (full && touched.values().stream().anyMatch(Optional::isPresent)) {
                throw new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL);
            }
            touched.forEach((key, row) -> {
                rows.remove(key.id());
                row.ifPresent(present -> rows.put(key.id(), present));
            });
        }

        @Override
        public boolean hasLongLog() {
            return logIsLong;
        }

        @Override
        public boolean emptyLog() {
            full = full && !fullOfItsLog;
            return !isRead;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
