package io.triggerquery.consumer.internal.kafka;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.letter.Scanned;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends all open dead letters of a listener to its retry topic, as triggers that have never failed.
 *
 * <p>It starts where the last replay of all ended, by offsets committed in the group {@code GROUP-dlt-replay}, and
 * stops at the offsets at which the dead-letter topics ended when it started. It omits letters that were replayed or
 * discarded by a selection.
 *
 * <p>Threads: any, one replay at a time. Bounds: the time limit, and up to 10 s more while the broker does not answer.
 * Failure: dead letters whose triggers the broker did not acknowledge are replayed the next time, others perhaps again.
 * A dead letter whose decoder fails is counted and passed over; if the decoder fails for each that it is called for,
 * the next replay tries them again.
 */
public final class DeadLetterReplay {

    private final ReentrantLock lock = new ReentrantLock();
    private final LetterScan letters;
    private final Sender sender;

    /** Sends triggers to the retry topic; see {@link KafkaFailureSinks#sendUntried}. */
    @FunctionalInterface
    interface Sender {

        void send(List<Trigger> triggers) throws InterruptedException;
    }

    /**
     * The result of a replay.
     *
     * @param replayed the number of triggers that were sent to the retry topic
     * @param withoutId the number of dead letters of this group of which something is no valid id, which is not
     *     replayed
     * @param undecodable the number of dead letters of this group whose decoder failed, which are not replayed
     * @param truncated the number of dead letters of this group with only a part of their record, which are not
     *     replayed
     * @param failure the last failure of the decoder, or null if there was none
     * @param scanned how far it came
     */
    public record Result(
            long replayed,
            long withoutId,
            long undecodable,
            long truncated,
            @Nullable String failure,
            Scanned scanned) {

        /**
         * Returns whether it reached the end; otherwise the time limit ended it, and the next replay continues there.
         */
        public boolean complete() {
            return scanned.complete();
        }

        /** Returns one line for operators. */
        public String line() {
            return replayed + " sent again, " + withoutId + " without a valid id, "
                    + (undecodable == 0 ? "" : undecodable + " whose decoder failed (" + failure + "), ")
                    + (truncated == 0 ? "" : truncated + " truncated, ")
                    + (scanned.handled() == 0 ? "" : scanned.handled() + " replayed or discarded before, ")
                    + scanned.ofOthers()
                    + " of other groups."
                    + (complete() ? "" : " The time limit was reached; the next replay continues from there.");
        }
    }

    DeadLetterReplay(LetterScan letters, Sender sender) {
        this.letters = letters;
        this.sender = sender;
    }

    /**
     * Replays the dead letters.
     *
     * @param limit the maximum duration
     * @throws IllegalStateException if a replay of this listener already runs in this process, or if the decoder failed
     *     and succeeded for no dead letter
     * @throws org.apache.kafka.common.KafkaException if the dead-letter topic cannot be read
     * @throws org.springframework.kafka.KafkaException if the triggers cannot be sent to the retry topic
     */
    public Result run(Duration limit) throws InterruptedException {
        if (!lock.tryLock()) {
            throw new IllegalStateException("the dead letters of "
                    + String.join(", ", letters.topics().names()) + " are being replayed already");
        }
        try {
            return replay(limit);
        } finally {
            lock.unlock();
        }
    }

    private Result replay(Duration limit) throws InterruptedException {
        var batch = new ReplayBatch(letters.triggers(), sender);
        Scanned scanned = letters.run(LetterFilter.OPEN, limit, new All(batch)).scanned();
        if (batch.onlyFailed()) {
            throw new IllegalStateException("the decoder failed for " + batch.undecodable()
                    + " dead letters and succeeded for none; the next replay tries them again. The last failure: "
                    + batch.failure());
        }
        return new Result(
                batch.sentTriggers(),
                batch.withoutId(),
                batch.undecodable(),
                batch.truncated(),
                batch.failure(),
                scanned);
    }

    private record All(ReplayBatch batch) implements LetterScan.Visitor {

        @Override
        public boolean visit(DeadLetter letter, LetterState state) {
            batch.add(letter);
            return true;
        }

        @Override
        public void polled(TopicScan scan, HandledLettersTopic.Loaded loaded) throws InterruptedException {
            batch.send();
            if (!batch.onlyFailed()) {
                scan.commit();
            }
        }
    }
}
