package io.triggerquery.consumer.internal.resync;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@link Sleeper} that a stop ends, without interrupting the thread. */
final class StoppableSleeper implements Sleeper {

    private volatile CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (stopped.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("The application stops.");
        }
    }

    @Override
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    void begin() {
        stopped = new CountDownLatch(1);
    }

    void end() {
        stopped.countDown();
    }
}
