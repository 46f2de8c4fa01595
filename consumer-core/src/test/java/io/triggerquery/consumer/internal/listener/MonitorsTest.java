package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.ResyncSource.Page;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.internal.engine.IdStatus;
import io.triggerquery.consumer.internal.monitor.GroupProgress;
import io.triggerquery.consumer.internal.monitor.MonitoredSides;
import io.triggerquery.consumer.internal.monitor.MonitoredWork;
import io.triggerquery.consumer.internal.monitor.Projected;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The threads of the monitors. */
class MonitorsTest {

    private final CountDownLatch ticks = new CountDownLatch(2);

    /** Fails as if the process could not create a thread. */
    private final class Failing implements MonitoredWork, MonitoredSides {

        @Override
        public boolean hasRoom() {
            ticks.countDown();
            throw new OutOfMemoryError("unable to create native thread");
        }

        @Override
        public boolean isOwner() {
            return false;
        }

        @Override
        public IdStatus find(String id) {
            return new IdStatus(null, OptionalLong.empty(), List.of());
        }

        @Override
        public boolean isPaused(String id) {
            return false;
        }

        @Override
        public boolean request(String id, OptionalLong version) {
            return false;
        }

        @Override
        public GroupProgress progress() {
            return null;
        }

        @Override
        public int maxIds() {
            return 1;
        }

        @Override
        public Map<String, Snapshot<?>> ask(List<String> ids) {
            return Map.of();
        }

        @Override
        public Map<String, Projected> projected(Collection<String> ids) {
            return Map.of();
        }

        @Override
        public boolean listsSource() {
            return false;
        }

        @Override
        public Page sourcePage(String cursor) {
            return new Page(List.of(), null);
        }

        @Override
        public boolean listsProjection() {
            return false;
        }

        @Override
        public Page projectionPage(String cursor) {
            return new Page(List.of(), null);
        }
    }

    @Test
    void monitorContinuesAfterAnError() throws Exception {
        var monitors = new Monitors();
        var failing = new Failing();
        monitors.add("things", 10, failing, failing);
        monitors.start();
        try {
            assertThat(ticks.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            monitors.stop();
        }
    }
}
