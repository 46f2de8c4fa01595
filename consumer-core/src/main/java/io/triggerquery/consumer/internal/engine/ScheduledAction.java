package io.triggerquery.consumer.internal.engine;

/**
 * An action that runs later and can be cancelled.
 *
 * <p>Threads: guarded by the engine's lock, under which the action also runs. That is why calling it off is final, also
 * when the timer has already fired and waits for the lock.
 */
final class ScheduledAction {

    private final Runnable action;
    private Timer.Cancellation cancellation = () -> {};
    private boolean over;

    ScheduledAction(Runnable action) {
        this.action = action;
    }

    void setWith(Timer.Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    void ring() {
        if (!over) {
            over = true;
            action.run();
        }
    }

    void cancel() {
        over = true;
        cancellation.cancel();
    }
}
