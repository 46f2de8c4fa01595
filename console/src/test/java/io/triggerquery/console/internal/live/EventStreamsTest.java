package io.triggerquery.console.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventStreamsTest {

    private final VirtualClocks clocks = new VirtualClocks();
    /** The pending writes to a browser, run when the browser reads. */
    private final Deque<Runnable> writes = new ArrayDeque<>();

    private int taken;
    private boolean fails;

    private final EventStreams streams = new EventStreams(
            () -> {
                if (fails) {
                    throw new IllegalStateException("secret");
                }
                return "overview " + ++taken;
            },
            clocks,
            writes::add);

    /** A browser that records what it receives. */
    private static final class Browser implements EventStreams.Sink {

        final List<String> received = new ArrayList<>();
        boolean ended;
        boolean gone;

        @Override
        public void send(String event, String data) throws IOException {
            if (gone) {
                throw new IOException("Broken pipe");
            }
            received.add(event + ": " + data);
        }

        @Override
        public void end() {
            ended = true;
        }
    }

    private static final class VirtualClocks implements EventStreams.Clocks {

        long now = Long.MAX_VALUE - 7; // a monotonic clock may overflow
        Runnable action = () -> {};
        boolean running;
        Duration pause = Duration.ZERO;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public ScheduledFuture<?> every(Duration every, Runnable repeated) {
            action = repeated;
            pause = every;
            running = true;
            return new Cancellation(this);
        }

        void tick() {
            now += pause.toNanos();
            if (running) {
                action.run();
            }
        }
    }

    private record Cancellation(VirtualClocks clocks) implements ScheduledFuture<Object> {

        @Override
        public boolean cancel(boolean interrupt) {
            clocks.running = false;
            return true;
        }

        @Override
        public boolean isCancelled() {
            return !clocks.running;
        }

        @Override
        public boolean isDone() {
            return isCancelled();
        }

        @Override
        public Object get() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object get(long timeout, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }

    private void write() {
        while (!writes.isEmpty()) {
            writes.poll().run();
        }
    }

    @Test
    void createsNoOverviewWhileNoConsoleIsOpen() {
        assertThat(clocks.running).isFalse();

        Runnable gone = streams.add(new Browser());
        assertThat(clocks.running).isTrue();
        gone.run();

        assertThat(clocks.running).isFalse();
        clocks.tick();
        assertThat(taken).isZero();
    }

    @Test
    void createsOneOverviewForAllConsoles() {
        var first = new Browser();
        var second = new Browser();
        streams.add(first);
        streams.add(second);
        clocks.tick();
        write();
        clocks.tick();
        write();

        assertThat(taken).isEqualTo(2);
        assertThat(first.received).containsExactly("overview: overview 1", "overview: overview 2");
        assertThat(second.received).isEqualTo(first.received);
    }

    @Test
    void sendsLastOverviewToNewConsoleImmediately() {
        streams.add(new Browser());
        clocks.tick();
        var later = new Browser();
        streams.add(later);
        write();

        assertThat(later.received).containsExactly("overview: overview 1");
    }

    @Test
    void skipsOutdatedOverviewsForSlowBrowser() {
        var slow = new Browser();
        streams.add(slow);
        clocks.tick();
        clocks.tick();
        clocks.tick();
        assertThat(writes).hasSize(1);
        write();
        clocks.tick();
        write();

        assertThat(slow.received).containsExactly("overview: overview 1", "overview: overview 4");
        assertThat(slow.ended).isFalse();
    }

    @Test
    void endsStreamThatIsNotReadForTenSeconds() {
        var asleep = new Browser();
        streams.add(asleep);
        for (int ticks = 0; ticks <= 6; ticks++) {
            clocks.tick();
        }
        write();

        assertThat(asleep.ended).isTrue();
        assertThat(asleep.received).hasSize(1);
        assertThat(streams.size()).isZero();
    }

    @Test
    void endsEachStreamAfterAMinuteAndRequestsReconnect() {
        var browser = new Browser();
        streams.add(browser);
        int ticks = 0;
        while (!browser.ended) {
            clocks.tick();
            write();
            ticks++;
        }

        assertThat(ticks).isEqualTo(30);
        assertThat(browser.received).hasSize(30).endsWith("overview: overview 29", "renew: ");
        assertThat(streams.size()).isZero();
        assertThat(clocks.running).isFalse();
    }

    @Test
    void removesDisconnectedBrowser() {
        var browser = new Browser();
        var other = new Browser();
        streams.add(browser);
        streams.add(other);
        browser.gone = true;
        clocks.tick();
        write();

        assertThat(streams.size()).isEqualTo(1);
        assertThat(other.received).hasSize(1);
    }

    @Test
    void numberOfStreamsIsLimited() {
        for (int i = 0; i < EventStreams.MAX_STREAMS; i++) {
            assertThat(streams.hasRoom()).isTrue();
            assertThat(streams.add(new Browser())).isNotNull();
        }

        assertThat(streams.hasRoom()).isFalse();
        assertThat(streams.add(new Browser())).isNull();
    }

    @Test
    void reportsFailedOverviewWithoutItsMessage() {
        var browser = new Browser();
        streams.add(browser);
        fails = true;
        clocks.tick();
        write();
        fails = false;
        clocks.tick();
        write();

        assertThat(browser.received)
                .containsExactly("failure: java.lang.IllegalStateException", "overview: overview 1");
    }

    @Test
    void endsAllStreamsWhenApplicationStops() {
        var idle = new Browser();
        var busy = new Browser();
        streams.add(idle);
        streams.add(busy);
        clocks.tick();
        writes.poll().run();
        streams.close();
        write();

        assertThat(idle.ended).isTrue();
        assertThat(busy.ended).isTrue();
        assertThat(streams.add(new Browser())).isNull();
        assertThat(streams.hasRoom()).isFalse();

        streams.open();
        assertThat(streams.add(new Browser())).isNotNull();
    }
}
