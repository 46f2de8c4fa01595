package io.triggerquery.producer.internal.alarm;

import io.triggerquery.producer.Alarm;
import io.triggerquery.producer.AlarmHook;
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
 * <p>Threads: any; one of its own posts. Bounds: {@link #raise} returns at once. At most {@value #MAX_WAITING} alarms
 * wait; more are logged and dropped. An attempt takes at most 4 s. Failure: an alarm that is not accepted is posted
 * three more times, 1, 2 and 4 s later, and is then logged and dropped.
 */
public final class WebhookAlarm implements AlarmHook, AutoCloseable {

    static final int MAX_WAITING = 100;

    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(WebhookAlarm.class);

    private final AlarmPost post;
    private final ThreadPoolExecutor thread;

    /**
     * Creates a hook that posts to an address.
     *
     * @param url an http or https address; it is not logged, because such addresses often contain a secret
     * @param service the name of this service in the posted alarms
     */
    public WebhookAlarm(URI url, String service) {
        this(new AlarmPost(url, service, Duration.ofSeconds(1), DEADLINE));
    }

    WebhookAlarm(AlarmPost post) {
        this.post = post;
        this.thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
            Thread created = new Thread(task, "trigger-alarm-webhook");
            created.setDaemon(true);
            return created;
        });
    }

    @Override
    public void raise(Alarm alarm) {
        try {
            thread.execute(() -> post(alarm));
        } catch (RejectedExecutionException e) {
            log.error("An alarm is not posted because too many wait: {}", alarm.text());
        }
    }

    private void post(Alarm alarm) {
        try {
            post.send(alarm);
        } catch (RuntimeException e) {
            log.error("An alarm could not be posted ({}): {}", e.getMessage(), alarm.text());
        }
    }

    /** Posts the waiting alarms for at most 5 s, then stops. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.error(
                        "{} alarms are not posted because the process stops",
                        thread.shutdownNow().size());
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
