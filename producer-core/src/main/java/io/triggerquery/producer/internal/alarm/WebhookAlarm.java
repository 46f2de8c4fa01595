package io.triggerquery.producer.internal.alarm;

import io.triggerquery.producer.AlarmHook;
import io.triggerquery.producer.Alarm;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts alarms as JSON to an address:
 *
 * <pre>{@code
 * {"alarm":"outage","service":"billing","text":"Triggers for ...","at":"2026-07-01T10:00:00Z",
 *  "destination":"payment-changed","cause":"...","allClear":false}
 * }</pre>
 *
 * <p>where the fields after {@code at} are those of the {@link Alarm}.
 *
 * <p>Threads: any; one of its own posts. Bounds: {@link #raise} returns at once; 100 alarms wait, more are dropped; an
 * attempt takes at most 4 s in all. Failure: what is not taken is posted three times more, 1, 2 and 4 s later,
 * and then dropped, with a line in the log.
 */
public final class WebhookAlarm implements AlarmHook, AutoCloseable {

    static final int MOST_WAITING = 100;

    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(WebhookAlarm.class);

    private final AlarmPost post;
    private final ThreadPoolExecutor thread;

    /**
     * Posts to this address.
     *
     * @param url http or https; it is not logged, because such addresses often contain a secret
     * @param service the name by which the receiver knows this service
     */
    public WebhookAlarm(URI url, String service) {
        this(new AlarmPost(url, service, Duration.ofSeconds(1), DEADLINE));
    }

    WebhookAlarm(AlarmPost post) {
        this.post = post;
        this.thread =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread own = new Thread(task, "trigger-alarm-webhook");
                    own.setDaemon(true);
                    return own;
                });
    }

    @Override
    public void raise(Alarm alarm) {
        try {
            thread.execute(() -> post(alarm));
        } catch (RejectedExecutionException e) {
            log.error("An alarm is not posted, too many wait: {}", alarm.text());
        }
    }

    private void post(Alarm alarm) {
        try {
            post.send(alarm);
        } catch (RuntimeException e) {
            log.error("An alarm could not be posted ({}): {}", e.getMessage(), alarm.text());
        }
    }

    /** Posts what waits, for at most 5 s, and ends. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.error(
                        "{} alarms are not posted, the process stops",
                        thread.shutdownNow().size());
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
