package io.triggerquery.bench.source;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends answers after their latency, with one queue and one timer for all. They are sent in the order of their calls,
 * on which a client that pipelines its calls relies; after the latency has been shortened, later answers still wait for
 * earlier ones.
 *
 * <p>Threads: the event loop's.
 */
final class Delays {

    private record Waiting(Connection connection, ByteBuf answer, long dueNanos, boolean last) {}

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final EventLoop loop;
    private boolean scheduled;

    Delays(EventLoop loop) {
        this.loop = loop;
    }

    /** A connection, and the number of its answers that wait. */
    static final class Connection {

        private final Channel channel;
        private int waiting;

        Connection(Channel channel) {
            this.channel = channel;
        }

        private void write(ByteBuf answer, boolean last) {
            ChannelFuture written = channel.writeAndFlush(answer);
            if (last) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    /**
     * Sends an answer after a delay.
     *
     * @param last whether the connection is closed after it
     */
    void answer(Connection connection, ByteBuf answer, long delayNanos, boolean last) {
        if (delayNanos == 0 && connection.waiting == 0) {
            connection.write(answer, last);
            return;
        }
        long due = System.nanoTime() + delayNanos;
        Waiting before = waiting.peekLast();
        if (before != null && before.dueNanos() - due > 0) {
            due = before.dueNanos();
        }
        connection.waiting++;
        waiting.add(new Waiting(connection, answer, due, last));
        if (!scheduled) {
            schedule(due);
        }
    }

    private void schedule(long dueNanos) {
        scheduled = true;
        loop.schedule(this::release, dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void release() {
        scheduled = false;
        long now = System.nanoTime();
        @Nullable Waiting head = waiting.peek();
        while (head != null && head.dueNanos() - now <= 0) {
            waiting.remove();
            head.connection().waiting--;
            head.connection().write(head.answer(), head.last());
            head = waiting.peek();
        }
        if (head != null) {
            schedule(head.dueNanos());
        }
    }
}
