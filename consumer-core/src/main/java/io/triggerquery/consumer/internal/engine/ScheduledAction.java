package io.triggerquery.consumer.internal.engine;

/**
 * An action that runs later and can be cancelled.
 *
 * <p>Threads: guarded by the engine's lock, under which the action also runs. So a cancelled action never runs, even if
 * the timer has fired and waits for the lock.
 */
final class ScheduledAction {

    private final Runnable action;
    private Timer.Cancellation cancellation = () -> {};
    private boolean done;

    ScheduledAction(Runnable action) {
        this.action = action;
    }

    void setWith(Timer.Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    void run() {
        if (!done) {
            done = true;
            action.run();
        }
    }

    void cancel() {
        done = true;
        cancellation.cancel();
    }
}
